package parley.peer.lookup.directory;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.util.ByteString;
import parley.channel.Credentials;
import parley.messages.directory.FromRegistry;
import parley.messages.directory.LineFramer;
import parley.messages.directory.MalformedLine;
import parley.messages.directory.Push;
import parley.messages.directory.Reply;
import parley.messages.directory.ReplyCodec;
import parley.messages.directory.Request;
import parley.messages.directory.RequestCodec;
import parley.messages.directory.SignUp;
import parley.messages.directory.Tag;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.RegistryId;
import parley.messages.settings.Endpoint;
import parley.peer.lookup.Absence;

/**
 * Keeps a connection to the modern registry, asks it, and passes on what it says unasked.
 *
 * <pre>
 *   dialling --opened--> greeting --its hello--> connected --closed, silent or malformed--> waiting
 *    ^  `--refused--> waiting  `--closed, silent or malformed--> waiting                       |
 *    `-------------------- jittered, doubling delay is over; after a wrong key a long one -----´
 *   dialling, waiting --Leave--> (stopped)
 *   greeting, connected --Leave--> leaving --closed, or silent--> (stopped)
 * </pre>
 *
 * An {@link Ask} outside of <i>connected</i> is answered {@link Unreachable} at once: whoever typed a command should not
 * wait for a registry that is not there. What was asked on a connection that is lost is answered so too, and may have
 * been carried out all the same. The owner signs in after each {@link Up}; a registry waits for that only so long.
 *
 * <p>The first key that is seen becomes the pin where none was given. A registry that shows another is not asked
 * anything, and not tried again soon: either it is an impostor, or its operator has something to tell to people.
 */
public final class Directory {
    public sealed interface Command {}

    public record Ask(Request request, ActorRef<? super Answer> replyTo) implements Command {}

    /** Says goodbye, if there is a connection, and stops when it has been said. */
    public record Leave() implements Command {}

    private record News(int dialling, Wire.Event event) implements Command {}

    private record Watch() implements Command {}

    private record Redial() implements Command {}

    private record Probe() implements Command {}

    private record Lasted() implements Command {}

    public sealed interface Answer {}

    public record Answered(Reply reply) implements Answer {}

    public record Unreachable(String why) implements Answer {}

    /** What the owner is told. */
    public sealed interface Change {}

    /**
     * The registry has greeted us.
     *
     * @param connection tells this connection from earlier ones
     * @param key that it showed; to be kept where no pin was given
     * @param here our end of the connection
     */
    public record Up(int connection, RegistryId registry, SignUp signUp, IdentityKey key, InetSocketAddress here)
            implements Change {}

    /** Also when an attempt to connect fails; only once until the next {@link Up}, unless the reason is the key. */
    public record Down(String why) implements Change {}

    /** After {@link Push.Superseded} the owner leaves: whoever signs in again throws the other one out. */
    public record Pushed(Push push) implements Change {}

    /** How often one looks whether an answer is overdue, as part of the time it may take. */
    private static final int LOOKS = 4;

    /**
     * @param pin the only key that the registry may show; none for the first that is seen
     * @param own the key that our chain names for {@code tls}
     */
    public static Behavior<Command> create(
            Endpoint registry,
            Optional<IdentityKey> pin,
            Credentials own,
            DirectorySettings settings,
            RandomGenerator random,
            ActorRef<? super Change> owner) {
        return Behaviors.setup(context -> create(
                registry, pin, new TlsDial(context.getSystem(), registry, own, settings), settings, random, owner));
    }

    static Behavior<Command> create(
            Endpoint registry,
            Optional<IdentityKey> pin,
            Wire.Dial dial,
            DirectorySettings settings,
            RandomGenerator random,
            ActorRef<? super Change> owner) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var directory = new Directory(context, timers, registry, dial, settings, random, owner);
            return directory.dialling(1, pin, directory.noAbsence());
        }));
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Endpoint registry;
    private final Wire.Dial dial;
    private final DirectorySettings settings;
    private final RandomGenerator random;
    private final ActorRef<? super Change> owner;

    private Directory(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Endpoint registry,
            Wire.Dial dial,
            DirectorySettings settings,
            RandomGenerator random,
            ActorRef<? super Change> owner) {
        this.context = context;
        this.timers = timers;
        this.registry = registry;
        this.dial = dial;
        this.settings = settings;
        this.random = random;
        this.owner = owner;
    }

    private Absence noAbsence() {
        return Absence.none(settings.reconnectMin(), settings.reconnectMax());
    }

    /** @param dialling counts the attempts, so that news of an earlier connection is told from this one's */
    private Behavior<Command> dialling(int dialling, Optional<IdentityKey> pin, Absence absence) {
        var self = context.getSelf();
        var wire = dial.dial(pin, event -> self.tell(new News(dialling, event)));
        return receiveMessage(command -> switch (command) {
            case News(var n, var event) -> {
                if (n != dialling) yield same();
                yield switch (event) {
                    case Wire.Opened(var key, var here) ->
                        new Connection(dialling, pin, key, here, wire).greeting(absence);
                    case Wire.Ended(var why) -> waiting(dialling, pin, absence, why);
                    case Wire.WrongKey(var why) -> wrongKey(dialling, pin, why);
                    case Wire.Received stray -> same();
                };
            }
            case Ask ask -> refuse(ask);
            case Leave leave -> {
                wire.close();
                yield Behaviors.stopped();
            }
            case Watch stray -> same();
            case Redial stray -> same();
            case Probe stray -> same();
            case Lasted stray -> same();
        });
    }

    private Behavior<Command> waiting(int dialling, Optional<IdentityKey> pin, Absence absence, String why) {
        if (!absence.told()) owner.tell(new Down(registryThat(why)));
        return waiting(dialling, pin, absence, absence.jittered(random));
    }

    /** Whoever waits for the registry must hear of that, even if told already that it is away. */
    private Behavior<Command> wrongKey(int dialling, Optional<IdentityKey> pin, String why) {
        owner.tell(new Down(registryThat(why)));
        return waiting(dialling, pin, noAbsence(), settings.wrongKeyRetry());
    }

    private Behavior<Command> waiting(int dialling, Optional<IdentityKey> pin, Absence absence, Duration delay) {
        timers.cancelAll();
        timers.startSingleTimer(new Redial(), delay);
        return receiveMessage(command -> switch (command) {
            case Redial now -> dialling(dialling + 1, pin, absence.longer());
            case Ask ask -> refuse(ask);
            case Leave leave -> Behaviors.stopped();
            case News stray -> same();
            case Watch stray -> same();
            case Probe stray -> same();
            case Lasted stray -> same();
        });
    }

    /** One open connection. */
    private final class Connection {
        private final int dialling;
        private final IdentityKey key;
        private final InetSocketAddress here;
        private final Wire wire;
        private final Questions questions;
        private final LineFramer lines = new LineFramer();
        private final Collected collected = new Collected();
        private Optional<IdentityKey> pin;

        Connection(int dialling, Optional<IdentityKey> pin, IdentityKey key, InetSocketAddress here, Wire wire) {
            this.dialling = dialling;
            this.pin = pin;
            this.key = key;
            this.here = here;
            this.wire = wire;
            this.questions = new Questions(wire);
        }

        Behavior<Command> greeting(Absence absence) {
            timers.startSingleTimer(new Watch(), settings.answerTimeout());
            wire.read();
            return receiveMessage(command -> switch (command) {
                case News(var n, var event) -> n == dialling ? heard(event, absence, this::greeted) : same();
                case Watch overdue -> lost("did not greet in time", absence);
                case Ask ask -> refuse(ask);
                case Leave leave -> leaving();
                case Redial stray -> same();
                case Probe stray -> same();
                case Lasted stray -> same();
            });
        }

        private Behavior<Command> greeted(ByteString bytes, Absence absence) {
            lines.add(bytes);
            var line = lines.next();
            if (line == null) return more(absence);
            if (!(ReplyCodec.decode(line, questions::asked) instanceof FromRegistry.Pushed(Push.Hello hello)))
                return lost("did not greet first", absence);
            // Not before: what shows a key and says no hello may be anything.
            pin = Optional.of(key);
            timers.startTimerWithFixedDelay(
                    new Watch(), settings.answerTimeout().dividedBy(LOOKS));
            timers.startTimerWithFixedDelay(new Probe(), settings.probeInterval());
            timers.startSingleTimer(new Lasted(), settings.reconnectMax());
            owner.tell(new Up(dialling, hello.registry(), hello.signUp(), key, here));
            // What came right behind the greeting is read like what comes later.
            context.getSelf().tell(new News(dialling, new Wire.Received(ByteString.emptyByteString())));
            return connected(absence.over());
        }

        private Behavior<Command> connected(Absence absence) {
            return receiveMessage(command -> switch (command) {
                case Ask(var request, var replyTo) -> {
                    if (request instanceof Request.Ack(var serials)) collected.acknowledged(serials);
                    questions.add(request, replyTo);
                    yield same();
                }
                case News(var n, var event) -> n == dialling ? heard(event, absence, this::received) : same();
                case Probe now -> {
                    if (questions.isEmpty()) questions.probe();
                    yield same();
                }
                case Watch now ->
                    questions.isOverdue(settings.answerTimeout()) ? lost("did not answer in time", absence) : same();
                case Lasted well -> connected(noAbsence());
                case Leave leave -> leaving();
                case Redial stray -> same();
            });
        }

        private interface Reading {
            Behavior<Command> of(ByteString bytes, Absence absence);
        }

        private Behavior<Command> heard(Wire.Event event, Absence absence, Reading reading) {
            return switch (event) {
                case Wire.Received(var bytes) -> {
                    try {
                        yield reading.of(bytes, absence);
                    } catch (MalformedLine malformed) {
                        yield lost("sent a line that is none: " + malformed.why(), absence);
                    }
                }
                case Wire.Ended(var why) -> lost(why, absence);
                case Wire.WrongKey stray -> same();
                case Wire.Opened stray -> same();
            };
        }

        private Behavior<Command> received(ByteString bytes, Absence absence) {
            lines.add(bytes);
            for (var line = lines.next(); line != null; line = lines.next()) {
                switch (ReplyCodec.decode(line, questions::asked)) {
                    case FromRegistry.Pushed(var push) -> {
                        if (push instanceof Push.Hello) return lost("greeted twice", absence);
                        if (push instanceof Push.Envelope envelope) collected.pushed(envelope);
                        if (collected.isMoreThanAMailbox()) return lost("pushed more than a mailbox holds", absence);
                        owner.tell(new Pushed(push));
                    }
                    case FromRegistry.Answer(var tag, var reply) -> {
                        if (!questions.answered(tag, reply)) return lost("answered what was not asked", absence);
                    }
                }
            }
            return more(absence);
        }

        private Behavior<Command> more(Absence absence) {
            if (lines.tooLong()) return lost("sent a line that is too long", absence);
            wire.read();
            return same();
        }

        private Behavior<Command> lost(String why, Absence absence) {
            wire.close();
            questions.giveUp(registryThat(why));
            return waiting(dialling, pin, absence, why);
        }

        private Behavior<Command> leaving() {
            timers.cancelAll();
            timers.startSingleTimer(new Watch(), settings.answerTimeout());
            questions.giveUp("We are leaving the registry");
            wire.send(RequestCodec.encode(new Tag("bye"), new Request.Exit()));
            wire.finish();
            return receiveMessage(command -> switch (command) {
                case News(var n, var event) -> {
                    if (n != dialling) yield same();
                    if (event instanceof Wire.Ended) yield Behaviors.stopped();
                    // Nothing that still comes is of use to anybody, but its end is.
                    wire.read();
                    yield same();
                }
                case Watch silent -> {
                    wire.close();
                    yield Behaviors.stopped();
                }
                case Ask ask -> refuse(ask);
                case Leave again -> same();
                case Redial stray -> same();
                case Probe stray -> same();
                case Lasted stray -> same();
            });
        }
    }

    private Behavior<Command> refuse(Ask ask) {
        ask.replyTo().tell(new Unreachable(registryThat("cannot be reached just now")));
        return same();
    }

    private String registryThat(String does) {
        return "The registry at %s %s".formatted(registry, does);
    }
}
