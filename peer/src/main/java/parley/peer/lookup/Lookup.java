package parley.peer.lookup;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.classic.MalformedMessage;
import parley.messages.classic.Reply;
import parley.messages.classic.Request;
import parley.messages.classic.RequestCodec;

/**
 * Keeps a connection to the registry and asks it one thing at a time: a classic reply has no end mark, so what comes
 * belongs to the one request that is out.
 *
 * <pre>
 *   dialling --connected--> greeting --first answer--> connected --closed, silent or malformed--> waiting
 *    ^  `--refused--> waiting  `--closed, silent or malformed--> waiting                            |
 *    `------------------------------ jittered, doubling delay is over ------------------------------´
 *   dialling, waiting --Leave--> (stopped)
 *   greeting, connected --Leave--> leaving --closed--> (stopped)
 * </pre>
 *
 * An {@link Ask} outside of <i>connected</i> is answered {@link Unreachable} at once: whoever typed a command should not
 * wait for a registry that is not there. That something accepts connections does not make it a registry, and that it
 * answers once does not make it a healthy one: the delay begins anew only when a connection has lasted.
 */
public final class Lookup {
    public sealed interface Command {}

    public record Ask(Request request, ActorRef<? super Answer> replyTo) implements Command {}

    /** Says goodbye, if there is a connection, and stops when it has been said. */
    public record Leave() implements Command {}

    private record Opened(int dialling, @Nullable InetSocketAddress here) implements Command {}

    /** Prints without its content, which may be a key. */
    private record Received(int dialling, ByteString bytes) implements Command {
        @Override
        public String toString() {
            return "Received[%d bytes redacted]".formatted(bytes.size());
        }
    }

    private record Closed(int dialling) implements Command {}

    private record Overdue(int dialling) implements Command {}

    private record Redial() implements Command {}

    private record Probe() implements Command {}

    private record Lasted() implements Command {}

    public sealed interface Answer {}

    public record Answered(Reply reply) implements Answer {}

    public record Unreachable(String why) implements Answer {}

    /** What the owner is told of the connection. */
    public sealed interface Change {}

    /**
     * The registry has answered.
     *
     * @param connection tells this connection from earlier ones
     * @param here our end of the connection: the address under which the registry sees us
     */
    public record Up(int connection, InetSocketAddress here) implements Change {}

    /** Also when an attempt to connect fails; only once until the next {@link Up}. */
    public record Down(String why) implements Change {}

    /** What is asked to see whether anybody answers: of one who is not signed in it costs a registry nothing. */
    private static final Request PROBE = new Request.Members();

    public static Behavior<Command> create(
            InetSocketAddress registry, LookupSettings settings, RandomGenerator random, ActorRef<Change> owner) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new Lookup(context, timers, registry, settings, random, owner).dialling(1, none(settings))));
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

    private static Absence none(LookupSettings settings) {
        return Absence.none(settings.reconnectMin(), settings.reconnectMax());
    }

    /** @param dialling counts the attempts, so that news of an earlier connection is told from this one's */
    private Behavior<Command> dialling(int dialling, Absence absence) {
        var self = context.getSelf();
        var wire = RegistryWire.dial(
                context.getSystem(), registry, settings, bytes -> self.tell(new Received(dialling, bytes)));
        context.pipeToSelf(wire.opened(), (here, failure) -> new Opened(dialling, here));
        return receiveMessage(command -> switch (command) {
            case Opened(var n, var here) -> {
                if (n != dialling) yield same();
                if (here == null) yield waiting(dialling, absence, "cannot be reached");
                yield new Connection(dialling, here, wire).greeting(absence);
            }
            case Ask ask -> refuse(ask);
            case Leave leave -> {
                wire.hangUp();
                yield Behaviors.stopped();
            }
            case Received(var n, var bytes) -> {
                if (n != dialling) yield same();
                wire.hangUp();
                yield waiting(dialling, absence, "sent an answer that nobody had asked for");
            }
            case Closed stray -> same();
            case Overdue stray -> same();
            case Probe stray -> same();
            case Lasted stray -> same();
            case Redial stray -> same();
        });
    }

    private Behavior<Command> waiting(int dialling, Absence absence, String why) {
        timers.cancelAll();
        if (!absence.told()) owner.tell(new Down(registryThat(why)));
        timers.startSingleTimer(new Redial(), absence.jittered(random));
        return receiveMessage(command -> switch (command) {
            case Redial now -> dialling(dialling + 1, absence.longer());
            case Ask ask -> refuse(ask);
            case Leave leave -> Behaviors.stopped();
            case Opened stray -> same();
            case Received stray -> same();
            case Closed stray -> same();
            case Overdue stray -> same();
            case Probe stray -> same();
            case Lasted stray -> same();
        });
    }

    /** One open connection. */
    private final class Connection {
        private final int dialling;
        private final InetSocketAddress here;
        private final RegistryWire wire;
        private final Questions questions;

        Connection(int dialling, InetSocketAddress here, RegistryWire wire) {
            this.dialling = dialling;
            this.here = here;
            this.wire = wire;
            this.questions = new Questions(
                    wire.out(), () -> timers.startSingleTimer(new Overdue(dialling), settings.answerTimeout()));
            // Not before: a connection that is closed at once might be known as closed before it is known as open.
            context.pipeToSelf(wire.closed(), (done, failure) -> new Closed(dialling));
        }

        Behavior<Command> greeting(Absence absence) {
            questions.add(PROBE, null);
            return receiveMessage(command -> switch (command) {
                case Received(var n, var bytes) -> n == dialling ? received(bytes, absence, this::greeted) : same();
                case Closed(var n) -> n == dialling ? lost("closed the connection", absence) : same();
                case Overdue(var n) -> n == dialling ? lost("did not answer in time", absence) : same();
                case Ask ask -> refuse(ask);
                case Leave leave -> leaving();
                case Opened stray -> same();
                case Probe stray -> same();
                case Lasted stray -> same();
                case Redial stray -> same();
            });
        }

        private Behavior<Command> greeted(Absence absence) {
            timers.startTimerWithFixedDelay(new Probe(), settings.probeInterval());
            timers.startSingleTimer(new Lasted(), settings.reconnectMax());
            owner.tell(new Up(dialling, here));
            return connected(absence.over());
        }

        private Behavior<Command> connected(Absence absence) {
            return receiveMessage(command -> switch (command) {
                case Ask(var request, var replyTo) -> {
                    questions.add(request, replyTo);
                    yield same();
                }
                case Probe now -> {
                    if (questions.isEmpty()) questions.add(PROBE, null);
                    yield same();
                }
                case Lasted well -> connected(none(settings));
                case Received(var n, var bytes) ->
                    n == dialling ? received(bytes, absence, answered -> same()) : same();
                case Closed(var n) -> n == dialling ? lost("closed the connection", absence) : same();
                case Overdue(var n) -> n == dialling ? lost("did not answer in time", absence) : same();
                case Leave leave -> leaving();
                case Opened stray -> same();
                case Redial stray -> same();
            });
        }

        private interface Answered {
            Behavior<Command> then(Absence absence);
        }

        private Behavior<Command> received(ByteString bytes, Absence absence, Answered answered) {
            try {
                if (!questions.received(bytes)) return same();
            } catch (MalformedMessage malformed) {
                return lost("sent " + malformed.what(), absence);
            }
            if (questions.isEmpty()) timers.cancel(new Overdue(dialling));
            return answered.then(absence);
        }

        private Behavior<Command> lost(String why, Absence absence) {
            wire.hangUp();
            questions.giveUp(registryThat(why));
            return waiting(dialling, absence, why);
        }

        private Behavior<Command> leaving() {
            timers.cancelAll();
            questions.giveUp("We are leaving the registry");
            wire.out().offer(RequestCodec.encode(new Request.Exit()));
            wire.hangUp();
            return receiveMessage(command -> switch (command) {
                case Closed(var n) -> n == dialling ? Behaviors.stopped() : same();
                case Ask ask -> refuse(ask);
                case Leave again -> same();
                case Opened stray -> same();
                case Received late -> same();
                case Overdue stray -> same();
                case Probe stray -> same();
                case Lasted stray -> same();
                case Redial stray -> same();
            });
        }
    }

    private Behavior<Command> refuse(Ask ask) {
        ask.replyTo().tell(new Unreachable(registryThat("cannot be reached just now")));
        return same();
    }

    private String registryThat(String does) {
        return "The registry at %s:%d %s".formatted(registry.getHostString(), registry.getPort(), does);
    }
}
