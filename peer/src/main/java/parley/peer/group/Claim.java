package parley.peer.group;

import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.directory.Code;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.group.Deed;
import parley.messages.group.EntryDraft;
import parley.messages.group.GroupEntry;
import parley.messages.group.GroupLog;
import parley.messages.group.Policy;
import parley.messages.group.Taking;
import parley.messages.name.GroupName;
import parley.peer.group.GroupCommand.Alter;
import parley.peer.group.GroupCommand.Altered;
import parley.peer.group.GroupCommand.Asked;
import parley.peer.group.GroupCommand.Found;

/**
 * That a name is to be our group, or that we are to be in the group of that name: who asked for it, and the entry that
 * makes it so. One at a time; who asked is answered once. Mutable; its actor's alone.
 *
 * <pre>
 *   unclaimed --Found--&gt; its first entry, created ----taken in--&gt; Ours --on disk--&gt; granted
 *             --Join---&gt; its log --we are in it-----------------&gt; Ours
 *                         ^   `--its next entry, appended --taken in--&gt; Ours
 *                         |                 |
 *                         `-- too late, or taken: it may be ours, and the answer was lost; at most 8 times
 *
 *   whatever else --refused--&gt; unclaimed
 * </pre>
 */
final class Claim {
    /** What a log means for it. */
    sealed interface Verdict {}

    /** What became of its entry. */
    sealed interface Outcome {}

    /** To be stored, and then {@link #granted}. */
    record Ours(GroupLog log) implements Verdict, Outcome {}

    /** @param request for the registry to take it */
    record Entry(Request request) implements Verdict {}

    /** Nobody claims it, or not any more. */
    record Unclaimed() implements Verdict, Outcome {}

    /** The log is to be looked at, again. */
    record Overtaken() implements Outcome {}

    private final GroupName name;
    private final GroupSurroundings around;
    private @Nullable Asked asked;
    private @Nullable GroupLog known;
    private @Nullable GroupEntry entry;
    private int tries;

    Claim(GroupName name, GroupSurroundings around) {
        this.name = name;
        this.around = around;
    }

    boolean isMade() {
        return asked != null;
    }

    /**
     * Refused while another one is.
     *
     * @param looks whether the registry is being asked for the log
     */
    boolean make(Asked next, boolean looks) {
        // A log that is on its way serves who wants to join as well.
        if (asked != null || (looks && next instanceof Found)) {
            next.refuse("The registry is being asked about %s; try again in a moment".formatted(name));
            return false;
        }
        asked = next;
        tries = 0;
        return true;
    }

    void refuse(String why) {
        var waiting = asked;
        asked = null;
        if (waiting != null) waiting.refuse(why);
    }

    /** No log is shown: the name is somebody's whose business is not ours. */
    void notShown() {
        refuse(asked instanceof Found ? taken() : "There is no group %s that you could join".formatted(name));
    }

    void granted(GroupLog log) {
        if (asked instanceof Alter alter) alter.replyTo().tell(new Altered(log));
        if (asked instanceof Found found) found.replyTo().tell(new Altered(log));
        asked = null;
    }

    Request found(Policy policy) {
        var moment = around.moment();
        var salt = new byte[Deed.Create.SALT_BYTES];
        around.random().nextBytes(salt);
        var deed = new Deed.Create(name, policy, ByteString.fromArrayUnsafe(salt));
        var signed = around.keys().signed(EntryDraft.first(moment.own(), moment.identity(), deed, moment.nowMillis()));
        entry = signed;
        return new Request.CreateGroup(name, signed);
    }

    Verdict judge(GroupLog log) {
        known = log;
        var moment = around.moment();
        boolean here = log.member(moment.own())
                .filter(member -> member.identity().equals(moment.identity()))
                .isPresent();
        return switch (asked) {
            case Found found -> {
                if (here && log.entries().getFirst().draft().author().equals(moment.own())) yield new Ours(log);
                refuse(taken());
                yield new Unclaimed();
            }
            case Alter join -> here ? new Ours(log) : join(join.deed(), log, moment);
            case null -> new Unclaimed();
            case Asked other -> throw new IllegalStateException("never kept");
        };
    }

    private Verdict join(Deed deed, GroupLog log, Moment moment) {
        var why = log.wouldRefuse(moment.own(), moment.identity(), deed);
        if (why.isPresent()) {
            refuse(Reasons.of(why.get(), deed, log));
            return new Unclaimed();
        }
        var signed = around.keys().signed(log.draft(moment.own(), moment.identity(), deed, moment.nowMillis()));
        entry = signed;
        return new Entry(new Request.AppendToLog(name, signed));
    }

    Outcome answered(GroupDesk.Outcome outcome) {
        return switch (outcome) {
            case GroupDesk.Answered(Reply.Done well) ->
                entry == null
                        ? impossible()
                        : tookIn(GroupLog.begin(around.moment().registry(), name, entry));
            case GroupDesk.Answered(Reply.Appended well) ->
                entry == null || known == null ? impossible() : tookIn(known.append(entry));
            case GroupDesk.Answered other -> over("The registry answered something else than was asked");
            case GroupDesk.Refused(var code, var why) -> {
                // Taken may be what was asked for before, on a connection that was lost before the answer.
                boolean again = code == Code.HEAD || (code == Code.TAKEN && asked instanceof Found);
                yield again && ++tries < Amendments.TRIES_MAX ? new Overtaken() : over(why);
            }
            case GroupDesk.Unreachable(var why) ->
                over(why + ". If it was done all the same, the same command finds it so");
        };
    }

    private Outcome tookIn(Taking taking) {
        return taking instanceof Taking.Longer(var log) ? new Ours(log) : impossible();
    }

    private Outcome impossible() {
        return over("The registry says what cannot be: it took an entry that the group does not allow");
    }

    private Outcome over(String why) {
        refuse(why);
        return new Unclaimed();
    }

    private String taken() {
        return "The name %s is taken".formatted(name);
    }
}
