package parley.registry.mailbox;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import parley.messages.name.UserName;

/**
 * A mailbox until it is known what is in it: what is on disk is read, and who asks meanwhile waits.
 *
 * <pre>
 *   opening --Opened--&gt; open: who waits is served, in the order in which they came
 *   opening --NotOpened--&gt; opening: who waits is refused, a second later it tries again
 *   opening --NotOpened, nobody waits--&gt; passivated
 *   opening --Stop--&gt; stopped: who waits is refused
 * </pre>
 */
final class Opening {
    /** What may wait until the mailbox is read: a moment, as a rule. */
    private static final int WAITING_MAX = 1_024;

    /** After a disk that could not be read. */
    private static final Duration OPEN_AGAIN_AFTER = Duration.ofSeconds(1);

    private final ActorContext<Mailbox.Command> context;
    private final StashBuffer<Mailbox.Command> early;
    private final UserName name;
    private final Envelopes envelopes;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final Function<Map<Long, Contents.Entry>, Behavior<Mailbox.Command>> open;

    private Opening(
            ActorContext<Mailbox.Command> context,
            StashBuffer<Mailbox.Command> early,
            UserName name,
            Envelopes envelopes,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Function<Map<Long, Contents.Entry>, Behavior<Mailbox.Command>> open) {
        this.context = context;
        this.early = early;
        this.name = name;
        this.envelopes = envelopes;
        this.shard = shard;
        this.open = open;
    }

    /** @param open what it is from then on, with what is on disk */
    static Behavior<Mailbox.Command> create(
            ActorContext<Mailbox.Command> context,
            UserName name,
            Envelopes envelopes,
            ActorRef<ClusterSharding.ShardCommand> shard,
            Function<Map<Long, Contents.Entry>, Behavior<Mailbox.Command>> open) {
        return Behaviors.withStash(
                WAITING_MAX, early -> new Opening(context, early, name, envelopes, shard, open).opening());
    }

    private Behavior<Mailbox.Command> opening() {
        read();
        return Behaviors.receiveMessage(command -> switch (command) {
            case Mailbox.Opened(var onDisk) -> early.unstashAll(open.apply(onDisk));
            case Mailbox.NotOpened failed -> {
                if (early.isEmpty()) shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
                refuseAll();
                context.scheduleOnce(OPEN_AGAIN_AFTER, context.getSelf(), new Mailbox.LookAgain());
                yield Behaviors.same();
            }
            case Mailbox.LookAgain again -> {
                read();
                yield Behaviors.same();
            }
            case Mailbox.Stop stop -> {
                refuseAll();
                yield Behaviors.stopped();
            }
            case Mailbox.Request request -> {
                if (early.isFull()) request.refuse();
                else early.stash(request);
                yield Behaviors.same();
            }
            case Mailbox.Checked tooEarly -> throw unexpected(tooEarly);
            case Mailbox.Written tooEarly -> throw unexpected(tooEarly);
            case Mailbox.Read tooEarly -> throw unexpected(tooEarly);
            case Mailbox.NotRead tooEarly -> throw unexpected(tooEarly);
            case Mailbox.Deleted tooEarly -> throw unexpected(tooEarly);
            case Mailbox.CollectorGone tooEarly -> throw unexpected(tooEarly);
            case Mailbox.Idle tooEarly -> throw unexpected(tooEarly);
        });
    }

    private void read() {
        context.pipeToSelf(
                envelopes.entries(name),
                (onDisk, failure) -> failure == null ? new Mailbox.Opened(onDisk) : new Mailbox.NotOpened());
    }

    private void refuseAll() {
        early.forEach(command -> {
            if (command instanceof Mailbox.Request request) request.refuse();
        });
        early.clear();
    }

    private static IllegalStateException unexpected(Mailbox.Command command) {
        return new IllegalStateException("a mailbox that is being opened was told " + command);
    }
}
