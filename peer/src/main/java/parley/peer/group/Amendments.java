package parley.peer.group;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.messages.directory.Code;
import parley.messages.directory.Reply;
import parley.messages.group.GroupEntry;
import parley.messages.group.GroupLog;
import parley.messages.group.Taking;
import parley.peer.group.GroupCommand.Alter;
import parley.peer.store.OwnKeys;

/**
 * Entries that we want to write into a log, in the order in which they were wanted, one at the registry at a time. Whoever
 * wants one is answered once. Mutable.
 *
 * <pre>
 *   waiting --next, if the log allows it--&gt; signed, appended --taken--&gt; TookIn
 *      ^          `--not, as it is now--&gt; refused   |--somebody was faster, at most 8 times--&gt; waiting, for a longer log
 *      `--------------------------------------------´--refused, out of reach--&gt; refused
 * </pre>
 */
final class Amendments {
    /** Whoever loses the race so often has somebody against him. */
    static final int TRIES_MAX = 8;

    /** Changes that wait for one another; nobody types so fast. */
    private static final int WAITING_MAX = 64;

    /** What became of an entry. */
    sealed interface Outcome {}

    /** The registry has it, and so do we as soon as it is on disk; {@code alter} is to be answered then. */
    record TookIn(GroupLog log, Alter alter) implements Outcome {}

    /** @param wantsLog whether the log may be longer than we know */
    record NotTakenIn(boolean wantsLog) implements Outcome {}

    private final Deque<Alter> waiting = new ArrayDeque<>();
    private @Nullable GroupEntry asked;
    private int tries;

    void add(Alter alter) {
        if (waiting.size() >= WAITING_MAX) alter.refuse("Too many changes wait for the registry");
        else waiting.add(alter);
    }

    /** The next entry for the registry; what would alter nothing, or is not for us to alter, is refused. */
    Optional<GroupEntry> next(GroupLog log, Moment moment, OwnKeys keys) {
        for (var alter = waiting.peek(); alter != null; alter = waiting.peek()) {
            var deed = alter.deed();
            var why = log.wouldRefuse(moment.own(), moment.identity(), deed);
            if (why.isEmpty()) {
                asked = keys.signed(log.draft(moment.own(), moment.identity(), deed, moment.nowMillis()));
                return Optional.of(asked);
            }
            ended().refuse(Reasons.of(why.get(), deed, log));
        }
        return Optional.empty();
    }

    /** Of the entry that was {@link #next}. */
    Outcome answered(GroupDesk.Outcome outcome, GroupLog log) {
        return switch (outcome) {
            case GroupDesk.Answered(Reply.Appended well) -> {
                if (asked != null && log.append(asked) instanceof Taking.Longer(var longer))
                    yield new TookIn(longer, ended());
                yield refused(
                        "The registry says what cannot be: it took a change that the group does not allow", false);
            }
            case GroupDesk.Answered other -> refused("The registry answered something else than was asked", false);
            case GroupDesk.Refused(var code, var why) -> {
                if (code != Code.HEAD) yield refused(why, false);
                if (++tries < TRIES_MAX) yield new NotTakenIn(true);
                yield refused("Others were faster %d times; try again".formatted(TRIES_MAX), false);
            }
            case GroupDesk.Unreachable(var why) ->
                refused(why + ". If it was done all the same, that is told when the registry is back", true);
        };
    }

    /** Without the registry nothing can be altered. */
    void outOfReach(String why) {
        if (tries > 0 && !waiting.isEmpty()) ended().refuse(why);
    }

    private NotTakenIn refused(String why, boolean wantsLog) {
        ended().refuse(why);
        return new NotTakenIn(wantsLog);
    }

    private Alter ended() {
        tries = 0;
        return waiting.remove();
    }
}
