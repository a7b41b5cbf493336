package parley.peer.lookup;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.classic.GroupKey;
import parley.messages.classic.MalformedMessage;
import parley.messages.classic.Reply;
import parley.messages.classic.ReplyCodec;
import parley.messages.classic.Request;
import parley.messages.classic.RequestCodec;

/**
 * Keeps a connection to the registry and asks it one thing at a time: a classic reply has no end mark, so what comes
 * belongs to the one request that is out.
 *
 * <pre>
 *   dialling --connected--> connected --closed, silent or malformed--> waiting
 *      ^  `--refused----------------------------------------------------^ |
 *      `---------------- jittered, doubling delay is over ---------------´
 * </pre>
 *
 * An {@link Ask} outside of <i>connected</i> is answered {@link Unreachable} at once: whoever typed a command should not
 * wait for a registry that is not there.
 */
public final class Lookup {
    public sealed interface Command {}

    public record Ask(Request request, ActorRef<? super Answer> replyTo) implements Command {}

    /** Says goodbye, if there is a connection, and stops. */
    public record Leave() implements Command {}

    private record Opened(int dialling, @Nullable InetSocketAddress here) implements Command {}

    private record Received(int dialling, ByteString bytes) implements Command {}

    private record Closed(int dialling) implements Command {}

    private record Overdue(int dialling) implements Command {}

    private record Redial() implements Command {}

    private record Probe() implements Command {}

    public sealed interface Answer {}

    public record Answered(Reply reply) implements Answer {}

    public record Unreachable(String why) implements Answer {}

    /** What the owner is told of the connection. */
    public sealed interface Change {}

    /** @param here our end of the connection: the address under which the registry sees us */
    public record Up(InetSocketAddress here) implements Change {}

    /** Also when an attempt to connect fails; only once until the next {@link Up}. */
    public record Down(String why) implements Change {}

    /** A request that is out or waits for the one before it; nobody waits for the answer to a probe. */
    private record Pending(Request request, @Nullable ActorRef<? super Answer> replyTo) {
        void answer(Answer answer) {
            if (replyTo != null) replyTo.tell(answer);
        }
    }

    /** Requests that wait for their turn. Each command makes a few; more at once is a mistake of ours. */
    private static final int PENDING_MAX = 4096;

    public static Behavior<Command> create(
            InetSocketAddress registry, LookupSettings settings, RandomGenerator random, ActorRef<Change> owner) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var lookup = new Lookup(context, timers, registry, settings, random, owner);
            return lookup.dialling(1, new Absence(settings.reconnectMin(), false));
        }));
    }

    /**
     * How long the registry has been away.
     *
     * @param delay until the next attempt, before jitter
     * @param told whether the owner knows
     */
    private record Absence(Duration delay, boolean told) {
        Absence longer(Duration max) {
            var doubled = delay.multipliedBy(2);
            return new Absence(doubled.compareTo(max) < 0 ? doubled : max, true);
        }
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final InetSocketAddress registry;
    private final LookupSettings settings;
    private final RandomGenerator random;
    private final ActorRef<Change> owner;

    private Lookup(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            InetSocketAddress registry,
            LookupSettings settings,
            RandomGenerator random,
            ActorRef<Change> owner) {
        this.context = context;
        this.timers = timers;
        this.registry = registry;
        this.settings = settings;
        this.random = random;
        this.owner = owner;
    }

    /** @param dialling counts the attempts, so that news of an earlier connection is told from this one's */
    private Behavior<Command> dialling(int dialling, Absence absence) {
        var self = context.getSelf();
        var wire = RegistryWire.dial(
                context.getSystem(), registry, settings, bytes -> self.tell(new Received(dialling, bytes)));
        context.pipeToSelf(wire.opened(), (here, failure) -> new Opened(dialling, here));
        context.pipeToSelf(wire.closed(), (done, failure) -> new Closed(dialling));
        return receiveMessage(command -> switch (command) {
            case Opened(var n, var here) -> {
                if (n != dialling) yield same();
                if (here == null) yield waiting(dialling, absence, "cannot be reached");
                timers.startTimerWithFixedDelay(new Probe(), settings.probeInterval());
                owner.tell(new Up(here));
                yield new Connected(dialling, wire).idle();
            }
            case Ask ask -> refuse(ask);
            case Leave leave -> Behaviors.stopped();
            case Received early -> same();
            case Closed stray -> same();
            case Overdue stray -> same();
            case Probe stray -> same();
            case Redial stray -> same();
        });
    }

    private Behavior<Command> waiting(int dialling, Absence absence, String why) {
        timers.cancelAll();
        if (!absence.told()) owner.tell(new Down("The registry at %s %s".formatted(at(), why)));
        // Half to whole of the delay, so that a thousand peers don't return in the same second.
        long millis = absence.delay().toMillis();
        timers.startSingleTimer(new Redial(), Duration.ofMillis(millis / 2 + random.nextLong(millis / 2 + 1)));
        return receiveMessage(command -> switch (command) {
            case Redial now -> dialling(dialling + 1, absence.longer(settings.reconnectMax()));
            case Ask ask -> refuse(ask);
            case Leave leave -> Behaviors.stopped();
            case Opened stray -> same();
            case Received stray -> same();
            case Closed stray -> same();
            case Overdue stray -> same();
            case Probe stray -> same();
        });
    }

    /** One open connection: its queue, the request that is out, and what has come of its reply. */
    private final class Connected {
        private final int dialling;
        private final RegistryWire wire;
        private final Queue<Pending> pending = new ArrayDeque<>();
        private ByteString held = ByteString.emptyByteString();

        Connected(int dialling, RegistryWire wire) {
            this.dialling = dialling;
            this.wire = wire;
        }

        Behavior<Command> idle() {
            return receiveMessage(command -> switch (command) {
                case Ask(var request, var replyTo) -> accept(new Pending(request, replyTo));
                case Probe now -> pending.isEmpty() ? accept(new Pending(new Request.ListGroups(), null)) : same();
                case Received(var n, var bytes) -> n == dialling ? received(bytes) : same();
                case Closed(var n) -> n == dialling ? lost("closed the connection") : same();
                case Overdue(var n) -> n == dialling ? lost("did not answer in time") : same();
                case Leave leave -> {
                    wire.out().offer(RequestCodec.encode(new Request.Exit()));
                    wire.out().complete();
                    yield Behaviors.stopped();
                }
                case Opened stray -> same();
                case Redial stray -> same();
            });
        }

        private Behavior<Command> accept(Pending next) {
            if (pending.size() >= PENDING_MAX) {
                next.answer(new Unreachable("Too many requests at once, expected at most " + PENDING_MAX));
                return same();
            }
            pending.add(next);
            if (pending.size() == 1) send(next);
            return same();
        }

        private void send(Pending next) {
            wire.out().offer(RequestCodec.encode(next.request()));
            timers.startSingleTimer(new Overdue(dialling), settings.answerTimeout());
        }

        private Behavior<Command> received(ByteString bytes) {
            var asked = pending.peek();
            if (asked == null) return lost("spoke without being asked");
            held = held.concat(bytes);
            // The one reply of known length; all others are what one read returned, as for every classic client.
            if (asked.request() instanceof Request.KeyOf && held.size() < GroupKey.BYTES && !ReplyCodec.isError(held)) {
                return same();
            }
            Reply reply;
            try {
                reply = ReplyCodec.decode(asked.request(), held);
            } catch (MalformedMessage malformed) {
                return lost("sent " + malformed.what());
            }
            held = ByteString.emptyByteString();
            pending.remove();
            timers.cancel(new Overdue(dialling));
            asked.answer(new Answered(reply));
            if (!pending.isEmpty()) send(pending.element());
            return same();
        }

        private Behavior<Command> lost(String why) {
            wire.out().complete();
            var unreachable = new Unreachable("The registry at %s %s".formatted(at(), why));
            for (var waiting : pending) waiting.answer(unreachable);
            return waiting(dialling, new Absence(settings.reconnectMin(), false), why);
        }
    }

    private Behavior<Command> refuse(Ask ask) {
        ask.replyTo().tell(new Unreachable("The registry at %s cannot be reached just now".formatted(at())));
        return same();
    }

    private String at() {
        return registry.getHostString() + ":" + registry.getPort();
    }
}
