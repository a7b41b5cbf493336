package parley.peer.group;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.util.ByteString;
import parley.messages.field.MalformedFields;
import parley.peer.group.GroupCommand.Asked;
import parley.peer.group.GroupCommand.Came;
import parley.peer.group.GroupCommand.SignedIn;
import parley.peer.store.HeldBack;
import parley.peer.store.Store;

/**
 * A conversation's disk: its circle is read from it, and steps are written to it. While the disk is at work all else is held
 * back, and let in afterwards in the order in which it came. Mutable; its actor's alone.
 *
 * <pre>
 *   loading --Loaded--&gt; open --take, a step with changes--&gt; storing --Committed--&gt; open
 *      ^  `--NotLoaded--&gt; pausing                              `--CommitFailed--&gt; pausing
 *      `--------- a while later -------´                            nothing of the step has happened
 * </pre>
 *
 * <b>The commit rule.</b> One step at a time is committed, and nothing that follows from it happens before; so memory is
 * never ahead of the disk. A crash between the commit and what follows repeats that: letters that no cipher has taken
 * go out again, and what is in the inbox is judged again.
 */
final class Commits {
    record Loaded(StoredCircle stored) implements GroupCommand.Inner {}

    record NotLoaded(String why) implements GroupCommand.Inner {}

    record Stored(Store.Commitment outcome) implements GroupCommand.Inner {}

    /** The disk, or the registry, was left alone for a while. */
    record LookAgain() implements GroupCommand.Inner {}

    /** Commands that wait for the disk. What is said beyond is in the inbox, and looked for there. */
    static final int HELD_MAX = 10_000;

    /** What comes by our own doing, and must not be lost. */
    static final int HELD_OF_OURS_MAX = HELD_MAX + 1_000;

    /** How long a disk that refused, or a cipher whose disk did, is left alone. */
    static final Duration DISK_PAUSE = Duration.ofSeconds(5);

    private static final String DISK = "The disk does not take it just now; try again in a moment";

    /** What comes of what the disk did. */
    interface Aftermath {
        /** Before it is open. */
        void read(StoredCircle stored);

        /** The step is on disk; before it is open. */
        void follow(Step step);

        /** Nothing of the step is on disk, and the circle will be read anew. */
        void failed();

        /** The circle as it is on disk. */
        Behavior<GroupCommand> open(Circle circle);
    }

    interface Refused {
        void because(String why);
    }

    private final ByteString id;
    private final GroupSurroundings around;
    private final ActorRef<GroupCommand> self;
    private final TimerScheduler<GroupCommand> timers;
    private final HeldBack<GroupCommand> held;
    private final ActorRef<Store.Commitment> commitments;
    private final Aftermath aftermath;

    /** Something that came was not held. */
    private boolean behind;

    Commits(
            ByteString id,
            GroupSurroundings around,
            ActorContext<GroupCommand> context,
            TimerScheduler<GroupCommand> timers,
            StashBuffer<GroupCommand> held,
            Aftermath aftermath) {
        this.id = id;
        this.around = around;
        this.self = context.getSelf();
        this.timers = timers;
        this.held = new HeldBack<>(held);
        this.commitments = context.messageAdapter(Store.Commitment.class, Stored::new);
        this.aftermath = aftermath;
    }

    Behavior<GroupCommand> loading() {
        around.store()
                .tell(new Store.Read<GroupCommand>(
                        tables -> StoredCircle.read(id, tables)
                                .<GroupCommand>map(Loaded::new)
                                .orElseGet(() -> new NotLoaded("there is no such group")),
                        NotLoaded::new,
                        self));
        return receiveMessage(command -> switch (command) {
            case Loaded(var stored) -> loaded(stored);
            case NotLoaded(var why) -> pausing();
            case GroupCommand other -> hold(other);
        });
    }

    private Behavior<GroupCommand> loaded(StoredCircle stored) {
        var moment = around.moment();
        Circle circle;
        try {
            circle = stored.verified(moment.registry(), moment.nowMillis());
        } catch (MalformedFields unreadable) {
            return pausing();
        }
        aftermath.read(stored);
        return aftermath.open(circle);
    }

    private Behavior<GroupCommand> pausing() {
        timers.startSingleTimer(new LookAgain(), DISK_PAUSE);
        return receiveMessage(command -> switch (command) {
            case LookAgain now -> loading();
            case Asked asked -> {
                asked.refuse(DISK);
                yield same();
            }
            case GroupCommand other -> hold(other);
        });
    }

    /** Nobody waits for it. */
    Behavior<GroupCommand> take(Step step) {
        return take(step, () -> {}, why -> {});
    }

    /** @param done before anything that follows */
    Behavior<GroupCommand> take(Step step, Runnable done, Refused refused) {
        if (step.changes().isEmpty()) return release(step, done);
        around.store().tell(new Store.Commit(step.changes(), commitments));
        return receiveMessage(command -> switch (command) {
            case Stored(Store.Committed committed) -> release(step, done);
            case Stored(Store.CommitFailed(var why)) -> {
                refused.because(why);
                aftermath.failed();
                yield pausing();
            }
            case GroupCommand other -> hold(other);
        });
    }

    private Behavior<GroupCommand> release(Step step, Runnable done) {
        done.run();
        aftermath.follow(step);
        return aftermath.open(step.next());
    }

    private Behavior<GroupCommand> hold(GroupCommand command) {
        boolean full = held.size() >= HELD_MAX;
        switch (command) {
            case Asked asked when full -> asked.refuse(DISK);
            case Came came when full -> behind = true;
            case SignedIn again when full -> {}
            case GroupCommand other -> {
                if (!held.isFull()) held.add(other);
            }
        }
        return same();
    }

    /** Whether something is in the inbox alone, and all that was held before it is done. */
    boolean isBehind() {
        return behind && held.isEmpty();
    }

    Behavior<GroupCommand> catchUp() {
        behind = false;
        return loading();
    }

    /** What was held, and then what comes. */
    Behavior<GroupCommand> letInto(Behavior<GroupCommand> open) {
        return held.letInto(open);
    }
}
