package parley.peer.link.mutual;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.stream.Materializer;
import org.jspecify.annotations.Nullable;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.messages.wire.Envelope;
import parley.messages.wire.Frame;
import parley.messages.wire.MessageId;
import parley.messages.wire.Reason;
import parley.peer.link.socket.Sockets;

/**
 * Keeps one link with each contact who can be reached. What becomes of each connection, {@link Switchboard} says.
 *
 * <pre>
 *   running --Leave--> leaving (BYE on each link) --the last is gone, or a moment--> (stopped)
 * </pre>
 *
 * An envelope that came is answered by its owner with {@link Ack} or {@link Refuse}, or else a link stops reading after
 * some of them. Whoever sends keeps at most 256 KiB unacknowledged; a link that more waits on than {@code outbound-max} is
 * ended, for the other side does not read. What was sent and not acknowledged when {@link LinkDown} comes is lost to this
 * link: its owner sends it again on the next.
 */
public final class Links {
    public sealed interface Command {}

    /** Who we are from now on: our chain has grown. Links that are open stay, unless under another identity. */
    public record Become(Own own) implements Command {}

    /** An accepted contact, or what is newly known of one. A link that shows another key than this ends. */
    public record Know(Contact contact) implements Command {}

    /** No contact any more. */
    public record Forget(UserName name) implements Command {}

    /** Nothing happens if there is a link, one is being dialled, or that failed there a moment ago. */
    public record Dial(UserName name, PeerAddress at) implements Command {}

    /**
     * Lost if {@code link} serves no longer: on the next it would go before what the last one has lost.
     *
     * @param link as {@link LinkUp} numbered it
     */
    public record Send(UserName name, int link, Envelope envelope) implements Command {}

    /** Those are on disk. */
    public record Ack(UserName name, List<MessageId> ids) implements Command {}

    /** That one cannot be opened and never will. */
    public record Refuse(UserName name, MessageId id, Reason reason) implements Command {}

    /** Neither: it was left for later, and its sender will try again. */
    public record PutOff(UserName name, MessageId id) implements Command {}

    /** What came over the links with this contact was lost here: they end, and the next one brings it again. */
    public record BeginAnew(UserName name) implements Command {}

    public record Leave() implements Command {}

    private record Bound(
            Sockets.@Nullable Binding binding, @Nullable Throwable failure) implements Command {}

    private record Incoming(Sockets.Incoming connection) implements Command {}

    record News(int connection, LinkStage.Event event) implements Command {}

    record StillBehind(UserName name) implements Command {}

    record NotSentAway(UserName name, int connection) implements Command {}

    private record Late() implements Command {}

    /** What the owner is told. */
    public sealed interface Change {}

    public record Listening(InetSocketAddress at) implements Change {}

    public record CannotListen(String why) implements Change {}

    /** @param link what is sent names it */
    public record LinkUp(UserName name, int link) implements Change {}

    /** Before the next {@link LinkUp}; also when another link serves from now on. */
    public record LinkDown(UserName name, String why) implements Change {}

    /** What was dialled never became a link. */
    public record NotReached(UserName name, String why) implements Change {}

    /** Somebody who says to be that contact has a longer chain: fetch it and {@link Know} it, and soon. */
    public record Behind(UserName name, long statements) implements Change {}

    /** That contact's own chain is not the one that the registry shows us. There is no link with him. */
    public record Differs(UserName name) implements Change {}

    /** @param link its number: later links have larger ones */
    public record Came(UserName from, long link, Envelope envelope) implements Change {}

    public record Acked(UserName by, List<MessageId> ids) implements Change {}

    public record Refused(UserName by, MessageId id, Reason reason) implements Change {}

    /** What comes over links that serve so far, with whomever, has no larger number; over all others a larger one. */
    public static long newest() {
        return LinkStage.newest();
    }

    /** A little more than a stage takes to say goodbye. */
    private static final Duration LEAVING_MAX = Duration.ofMillis(1_200);

    /** @param listen where links are accepted; port 0 for any; empty for nowhere */
    public static Behavior<Command> create(
            LinksSettings settings,
            Optional<InetSocketAddress> listen,
            Own own,
            RandomGenerator random,
            ActorRef<? super Change> owner) {
        return create(settings, listen, own, random, owner, Optional.empty());
    }

    /** @param others gets each connection that does not begin as TLS does, on the thread of the sockets */
    public static Behavior<Command> create(
            LinksSettings settings,
            Optional<InetSocketAddress> listen,
            Own own,
            RandomGenerator random,
            ActorRef<? super Change> owner,
            Optional<Consumer<Sockets.Incoming>> others) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var links = new Links(context, timers, settings, own, random, owner, others);
            listen.ifPresent(links::bind);
            return links.running();
        }));
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final ActorRef<? super Change> owner;
    private final Doorway doorway;
    private final Switchboard switchboard;
    private Sockets.@Nullable Binding binding;

    private Links(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            LinksSettings settings,
            Own own,
            RandomGenerator random,
            ActorRef<? super Change> owner,
            Optional<Consumer<Sockets.Incoming>> others) {
        this.context = context;
        this.timers = timers;
        this.owner = owner;
        this.doorway =
                new Doorway(Materializer.createMaterializer(context), settings, new HalfOpen(settings), owner, others);
        this.switchboard = new Switchboard(context.getSelf(), timers, doorway, own, random);
    }

    private void bind(InetSocketAddress listen) {
        var self = context.getSelf();
        var bound = doorway.bind(listen, connection -> self.tell(new Incoming(connection)));
        context.pipeToSelf(bound, Bound::new);
    }

    private Behavior<Command> running() {
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case Become(var now) -> switchboard.become(now);
                case Know(var contact) -> switchboard.know(contact);
                case Forget(var name) -> switchboard.forget(name);
                case Dial(var name, var at) -> switchboard.dial(name, at);
                case Send(var name, var link, var envelope) ->
                    switchboard.send(name, link, new Frame.Enveloped(envelope));
                case Ack(var name, var ids) -> switchboard.ack(name, ids);
                case Refuse(var name, var id, var reason) -> switchboard.refuse(name, id, reason);
                case PutOff(var name, var id) -> switchboard.leave(name, id);
                case BeginAnew(var name) -> switchboard.beginAnew(name);
                case Bound(var here, var failure) -> bound(here, failure);
                case Incoming(var connection) -> switchboard.accept(connection);
                case News(var id, var event) -> switchboard.heard(id, event);
                case StillBehind(var name) -> switchboard.behind(name);
                case NotSentAway(var name, var id) -> switchboard.notSentAway(name, id);
                case Late stray -> {}
                case Leave leave -> {
                    return leaving();
                }
            }
            return same();
        });
    }

    private Behavior<Command> leaving() {
        if (binding != null) binding.unbind();
        switchboard.leave();
        timers.startSingleTimer(new Late(), LEAVING_MAX);
        if (switchboard.isEmpty()) return Behaviors.stopped();
        return Behaviors.receiveMessage(command -> {
            if (command instanceof News(var id, LinkStage.Ended ended)) switchboard.over(id);
            return switchboard.isEmpty() || command instanceof Late ? Behaviors.stopped() : same();
        });
    }

    private void bound(Sockets.@Nullable Binding here, @Nullable Throwable failure) {
        binding = here;
        if (here != null) owner.tell(new Listening(here.local()));
        else owner.tell(new CannotListen(failure == null ? "cannot listen" : String.valueOf(failure.getMessage())));
    }
}
