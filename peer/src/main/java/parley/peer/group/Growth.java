package parley.peer.group;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import parley.messages.group.Deed;
import parley.messages.group.GroupEntry;
import parley.messages.group.GroupLog;
import parley.messages.group.GroupMember;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.MessageId;
import parley.peer.talk.GroupMail;
import parley.peer.talk.GroupMail.Change;

/**
 * The log goes on: entries are stored, what others did is told, and what we did is said to whom it concerns. An entry of
 * ours that comes back from the registry because nobody saw it taken is said in the same way, for it is taken in only
 * once, and is told, for whoever asked for it heard that it may have failed.
 */
final class Growth {
    static void begin(GroupLog log, Turn turn) {
        turn.log = log;
        keep(log.entries(), log, turn);
        var own = turn.moment().own();
        log.entries().reversed().stream()
                .filter(entry -> entry.deed() instanceof Deed.Add(var who, var identity) && who.equals(own))
                .map(entry -> entry.draft().author())
                .findFirst()
                .filter(by -> log.member(own).isPresent() && !lastCameByHimself(log, own))
                .ifPresent(by ->
                        turn.tell(new GroupMail.Changed(log.name(), Change.ADDED, own, by, Optional.of(log.policy()))));
        // Who joined, made it, or was not seen taken, tells the others: only the last entry can be unsaid.
        if (log.entries().getLast().draft().author().equals(own)) say(log, log, turn);
    }

    /** @param answered heads of which somebody is told otherwise */
    static void grow(GroupLog longer, Set<ByteString> answered, Turn turn) {
        var before = turn.log;
        var entries = longer.entries().subList(before.size(), longer.size());
        turn.log = longer;
        keep(entries, longer, turn);
        var step = before;
        boolean ours = false;
        for (var next : longer.stepsFrom(before)) {
            var entry = next.entries().getLast();
            if (entry.draft().author().equals(turn.moment().own())) ours = true;
            if (!answered.contains(next.head())) tell(step, next, entry, turn);
            if (comes(turn.moment().own(), step, next)) forgetWriters(turn);
            step = next;
        }
        if (ours) say(before, longer, turn);
    }

    private static boolean comes(UserName who, GroupLog before, GroupLog after) {
        return before.member(who).isEmpty() && after.member(who).isPresent();
    }

    /** Whoever is taken in again has not missed what was said while he was not in it. */
    private static void forgetWriters(Turn turn) {
        turn.writers.keySet().forEach(writer -> turn.store(Rows.forgotten(turn.log.id(), writer)));
        turn.writers.clear();
    }

    private static void keep(List<GroupEntry> entries, GroupLog log, Turn turn) {
        long now = turn.moment().nowMillis();
        for (var entry : entries) {
            turn.store(Rows.entry(log.id(), new Rows.StoredEntry(now, entry)));
            turn.since.put(entry.draft().sequence(), now);
        }
    }

    /** To all who were members before, came in between, or are now. */
    private static void say(GroupLog before, GroupLog now, Turn turn) {
        Map<UserName, GroupMember> concerned = new LinkedHashMap<>();
        before.members().forEach(member -> concerned.put(member.name(), member));
        for (long at = before.size(); at < now.size(); at++)
            for (var name : named(now.entries().get((int) at)))
                now.memberAt(name, at).ifPresent(member -> concerned.put(name, member));
        now.members().forEach(member -> concerned.put(member.name(), member));
        concerned.remove(turn.moment().own());
        var place = turn.next().place();
        var news = new Content.GroupNews(MessageId.random(turn.moment().random()), place);
        turn.post(news, List.copyOf(concerned.values()));
    }

    private static void tell(GroupLog before, GroupLog after, GroupEntry entry, Turn turn) {
        var group = after.name();
        var by = entry.draft().author();
        var policy = Optional.<parley.messages.group.Policy>empty();
        var told = switch (entry.deed()) {
            case Deed.Create c -> new GroupMail.Changed(group, Change.CREATED, by, by, Optional.of(after.policy()));
            case Deed.Join j -> new GroupMail.Changed(group, Change.JOINED, by, by, policy);
            case Deed.Add(var who, var identity) -> new GroupMail.Changed(group, Change.ADDED, who, by, policy);
            case Deed.Leave l -> new GroupMail.Changed(group, Change.LEFT, by, by, policy);
            case Deed.Remove(var who) -> new GroupMail.Changed(group, Change.REMOVED, who, by, policy);
            case Deed.Admin(var who, var on) ->
                new GroupMail.Changed(group, on ? Change.ADMIN : Change.NO_ADMIN, who, by, policy);
            case Deed.Become(var now) -> new GroupMail.Changed(group, Change.POLICY, by, by, Optional.of(now));
        };
        turn.tell(told);
        after.members().stream()
                .filter(member -> member.admin() && !(entry.deed() instanceof Deed.Admin))
                .filter(member ->
                        before.member(member.name()).filter(m -> !m.admin()).isPresent())
                .forEach(member -> turn.tell(
                        new GroupMail.Changed(group, Change.ADMIN, member.name(), member.name(), Optional.empty())));
    }

    private static boolean lastCameByHimself(GroupLog log, UserName who) {
        for (var entry : log.entries().reversed()) {
            if (entry.deed() instanceof Deed.Add(var added, var identity) && added.equals(who)) return false;
            boolean himself = entry.deed() instanceof Deed.Join || entry.deed() instanceof Deed.Create;
            if (himself && entry.draft().author().equals(who)) return true;
        }
        return false;
    }

    /** Everybody who was ever a member, and perhaps others. */
    static Set<UserName> everNamed(List<GroupEntry> entries) {
        var names = new LinkedHashSet<UserName>();
        for (var entry : entries) names.addAll(named(entry));
        return names;
    }

    private static List<UserName> named(GroupEntry entry) {
        return entry.deed() instanceof Deed.Add(var who, var identity)
                ? List.of(entry.draft().author(), who)
                : List.of(entry.draft().author());
    }

    private Growth() {}
}
