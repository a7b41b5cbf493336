package parley.peer.file;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.util.List;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import parley.peer.contact.Inbox;
import parley.peer.store.Change;
import parley.peer.store.HeldBack;
import parley.peer.store.Store;

/**
 * What is so, as it is on disk. One step at a time is committed, nothing that follows from it happens before, and
 * meanwhile all else waits. Mutable.
 *
 * <pre>
 *   open --take--&gt; storing --Committed--&gt; what follows, then open
 *                     `--CommitFailed--&gt; open; nothing of the step has happened, and its cause comes again
 * </pre>
 */
final class Commits {
    private static final String DISK = "The disk does not take it just now; try again in a moment";

    /** What comes of a step that is on disk. */
    interface Aftermath {
        void follow(Transfers before, Step step);

        /** Whatever can be done now is begun. */
        void goOn(Transfers now);
    }

    interface Refused {
        void because(String why);
    }

    private final FilesSurroundings around;
    private final Self self;
    private final HeldBack<FilesCommand> held;
    private final ActorRef<Store.Commitment> commitments;
    private final Aftermath aftermath;
    private final Supplier<Behavior<FilesCommand>> open;

    private Transfers now = Transfers.NONE;
    private boolean behind;

    Commits(
            FilesSurroundings around,
            Self self,
            HeldBack<FilesCommand> held,
            Aftermath aftermath,
            Supplier<Behavior<FilesCommand>> open) {
        this.around = around;
        this.self = self;
        this.held = held;
        this.commitments = self.context().messageAdapter(Store.Commitment.class, Happened.Stored::new);
        this.aftermath = aftermath;
        this.open = open;
    }

    Transfers now() {
        return now;
    }

    /** Answered with what is on disk and in the inbox. */
    void read() {
        around.store()
                .tell(new Store.Read<FilesCommand>(
                        tables -> new Happened.Loaded(
                                FileRows.transfers(tables), FileRows.posts(tables), Inbox.FILES.waiting(tables)),
                        Happened.NotLoaded::new,
                        self.context().getSelf()));
    }

    /** The inbox could not be read, and something in it was not held. */
    void readAgain() {
        behind = true;
    }

    Behavior<FilesCommand> hold(FilesCommand command) {
        if (!held.isFull()) held.add(command);
        else if (command instanceof FilesCommand.Asked asked) around.fail(asked.verb(), DISK);
        // It is on disk, and looked for there.
        else if (command instanceof FilesCommand.Came) behind = true;
        return same();
    }

    /** @param cause comes again if the disk does not take it */
    Behavior<FilesCommand> take(Step step, FilesCommand cause) {
        return take(step, () -> {}, cause);
    }

    /** @param then before anything that follows */
    Behavior<FilesCommand> take(Step step, Runnable then, FilesCommand cause) {
        return take(step, then, why -> self.tellAfter(Files.DISK_PAUSE, cause));
    }

    Behavior<FilesCommand> take(Step step, Runnable then, Refused refused) {
        if (step.changes().isEmpty()) {
            then.run();
            return release(step);
        }
        around.store().tell(new Store.Commit(step.changes(), commitments));
        return receiveMessage(command -> switch (command) {
            case Happened.Stored(Store.Committed committed) -> {
                then.run();
                yield release(step);
            }
            case Happened.Stored(Store.CommitFailed(var why)) -> {
                refused.because(why);
                yield settled();
            }
            case FilesCommand other -> hold(other);
        });
    }

    /** Nothing but that. */
    Behavior<FilesCommand> take(Change change, Runnable then, FilesCommand cause) {
        return take(new Step(now, List.of(change), List.of(), List.of()), then, cause);
    }

    /** It is on disk already. */
    Behavior<FilesCommand> release(Step step) {
        var before = now;
        now = step.next();
        around.known().become(now);
        aftermath.follow(before, step);
        return settled();
    }

    Behavior<FilesCommand> settled() {
        aftermath.goOn(now);
        if (behind && held.isEmpty()) {
            behind = false;
            read();
        }
        return held.letInto(open.get());
    }
}
