package parley.peer.group;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import parley.messages.directory.Request;
import parley.messages.group.GroupLog;
import parley.messages.name.GroupName;

/**
 * One question at a time to the registry: for a log, or to take an entry. Whoever asks looks first whether one is open, for
 * the answer to another would be taken for it; the answer comes to the actor, which ends the question with it. Mutable;
 * its actor's alone.
 */
final class Enquiry {
    /** What the registry shows of the log. */
    record Fetched(Logbook.Found found) implements GroupCommand.Inner {}

    /** What became of an entry of ours. */
    record Answered(GroupDesk.Outcome outcome) implements GroupCommand.Inner {}

    private final GroupDesk desk;
    private final Logbook logbook;
    private final ActorContext<GroupCommand> context;
    private boolean open;

    Enquiry(GroupSurroundings around, ActorContext<GroupCommand> context) {
        this.desk = around.desk();
        this.logbook = new Logbook(desk, around.keys().chain().registry());
        this.context = context;
    }

    boolean isOpen() {
        return open;
    }

    void ended() {
        open = false;
    }

    void forAllOf(GroupName name) {
        fetch(logbook.whole(name));
    }

    void forMoreOf(GroupLog log) {
        fetch(logbook.onFrom(log));
    }

    private void fetch(CompletionStage<Logbook.Found> log) {
        open = true;
        context.pipeToSelf(
                log,
                (found, failure) -> new Fetched(found == null ? new Logbook.Away(String.valueOf(failure)) : found));
    }

    /** @param entry that carries it */
    void toTake(Request entry) {
        open = true;
        context.pipeToSelf(
                desk.ask(entry),
                (outcome, failure) ->
                        new Answered(outcome == null ? new GroupDesk.Unreachable(String.valueOf(failure)) : outcome));
    }
}
