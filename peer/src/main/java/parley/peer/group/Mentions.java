package parley.peer.group;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;
import parley.messages.group.GroupLog;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.contact.Effect;
import parley.peer.contact.Inbox;
import parley.peer.store.Change;
import parley.peer.talk.GroupMail;

/**
 * What is said of a group before its log is there, and whether the user was warned that it does not come. All of it is in
 * the inbox, too. Mutable.
 */
final class Mentions {
    /** More stays in the inbox alone. */
    private static final int MAX = 1_000;

    private final GroupName name;
    private final List<Effect.ForGroup> heard = new ArrayList<>();
    private boolean warned;

    Mentions(GroupName name) {
        this.name = name;
    }

    void add(Effect.ForGroup what) {
        if (heard.size() < MAX && !heard.contains(what)) heard.add(what);
    }

    boolean isEmpty() {
        return heard.isEmpty();
    }

    /** Nothing is known of it; of what was warned of it is remembered that it was. */
    boolean isOver() {
        return heard.isEmpty() && !warned;
    }

    /** Whether somebody means this very group, and not another one of its name. */
    boolean mean(GroupLog log) {
        return heard.stream().anyMatch(what -> isOf(log, what));
    }

    /** No log is shown. The user is warned once for each name, whatever of. */
    Optional<GroupMail> warningOfHidden() {
        return warning(from -> GroupMail.Trouble.hidden(name, from));
    }

    /** What is shown is no log. */
    Optional<GroupMail> warningOfNoHistory() {
        return warning(from -> GroupMail.Trouble.noHistory(name, from));
    }

    private Optional<GroupMail> warning(Function<UserName, GroupMail> trouble) {
        if (warned || heard.isEmpty()) return Optional.empty();
        warned = true;
        return Optional.of(trouble.apply(heard.getFirst().contact()));
    }

    /** Of who means another group of this name. */
    Optional<GroupMail> warningOfAnother(GroupLog log) {
        if (warned) return Optional.empty();
        var other = heard.stream().filter(what -> !isOf(log, what)).findFirst();
        warned = other.isPresent();
        return other.map(what -> GroupMail.Trouble.different(
                name,
                what.contact(),
                0,
                hex(log.id()),
                hex(what.content().place().id())));
    }

    /** @return what strikes all of it from the inbox */
    List<Change> drop() {
        List<Change> changes = heard.stream()
                .map(what -> Inbox.GROUPS.taken(what.contact(), what.content().id()))
                .toList();
        heard.clear();
        return changes;
    }

    /** Whether somebody has seen entries of this very group that are not in it. */
    boolean knowMoreThan(GroupLog log) {
        return heard.stream()
                .anyMatch(what -> isOf(log, what) && what.content().place().sequence() > log.sequence());
    }

    private static boolean isOf(GroupLog log, Effect.ForGroup what) {
        return what.content().place().id().equals(log.id());
    }

    private static String hex(ByteString hash) {
        return HexFormat.of().formatHex(hash.toArrayUnsafe());
    }
}
