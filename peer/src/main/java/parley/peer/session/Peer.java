package parley.peer.session;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import parley.peer.command.Help;
import parley.peer.command.Input;
import parley.peer.lookup.Lookup;
import parley.peer.talk.Answer;
import parley.peer.talk.Happening;
import parley.peer.talk.Party;
import parley.peer.talk.Screen;

/**
 * The peer as a whole: takes commands in their order, keeps whoever is signed in signed in, and ends it all.
 *
 * <pre>
 *   starting --parts ready, registry tried--> ready --command for the registry--> busy --ended--> ready
 *      |                                       | ^ `--registry back-------------> busy (signs in again)
 *      `--no place to listen--> (stopped)      | `--------------´
 *                                              `--EXIT--> leaving --goodbye shown--> (stopped)
 * </pre>
 *
 * A command that changes who we are or what we are in is carried to its end before the next one is looked at; sending
 * is handed to the session and overtaken.
 */
public final class Peer {
    public sealed interface Command {}

    /** Ends with one {@link Happening.Done} or {@link Happening.Failed}. A password must not be missing. */
    public record Run(Input input) implements Command {}

    private record Assembled(@Nullable Parts parts, @Nullable Throwable failure) implements Command {}

    private record RegistryChanged(Lookup.Change change) implements Command {}

    private record Introduce(Party party, ActorRef<Optional<Cipher>> replyTo) implements Command {}

    private record Ended(Operations.@Nullable Ending ending, @Nullable Throwable failure) implements Command {}

    private record SignInAgain() implements Command {}

    private record SessionEnded(ActorRef<Session.Command> session) implements Command {}

    private record GoodbyeShown() implements Command {}

    /** Commands held while another is carried to its end. Screens keep fewer open. */
    private static final int WAITING_MAX = 4096;

    /** When the registry is there but refuses: it may be busy, or count our attempts. */
    private static final Duration SIGN_IN_AGAIN_PAUSE = Duration.ofSeconds(5);

    /** How long an end may take before it is cut short. */
    private static final Duration LEAVING_MAX = Duration.ofMillis(1_500);

    private static final String STARTING = "start";

    public static Behavior<Command> create(PeerSettings settings, Screen screen) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                WAITING_MAX,
                waiting -> new Peer(context, timers, waiting, settings, screen).starting(null, Standing.START))));
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final StashBuffer<Command> waiting;
    private final Screen screen;
    private final ActorRef<Lookup.Command> lookup;
    private final Registry registry;
    private final Set<ActorRef<Session.Command>> sessions = new HashSet<>();

    private Peer(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            StashBuffer<Command> waiting,
            PeerSettings settings,
            Screen screen) {
        this.context = context;
        this.timers = timers;
        this.waiting = waiting;
        this.screen = screen;
        var changes = context.messageAdapter(Lookup.Change.class, RegistryChanged::new);
        this.lookup = context.spawn(
                Lookup.create(settings.registry(), settings.lookup(), RandomGenerator.getDefault(), changes), "lookup");
        var patience = settings.lookup().answerTimeout().multipliedBy(2);
        this.registry = new Registry(lookup, context.getSystem().scheduler(), patience);
        var self = context.getSelf();
        var system = context.getSystem();
        context.pipeToSelf(
                Parts.assemble(system, settings, screen, party -> introduced(self, system, party)), Assembled::new);
    }

    /** Commands wait until both are known: where we listen, and whether there is a registry. */
    private Behavior<Command> starting(@Nullable Parts parts, Standing standing) {
        return receiveMessage(command -> switch (command) {
            case Assembled(var made, var failure) -> {
                if (made == null) yield impossible(failure);
                screen.show(new Happening.Ready(made.listening()));
                yield started(made, standing);
            }
            case RegistryChanged(var change) -> started(parts, changed(standing, change));
            case Introduce(var party, var replyTo) -> introduce(null, party, replyTo);
            case Run run -> hold(run);
            case Ended stray -> throw unexpected(stray);
            case SignInAgain stray -> throw unexpected(stray);
            case SessionEnded stray -> throw unexpected(stray);
            case GoodbyeShown stray -> throw unexpected(stray);
        });
    }

    private Behavior<Command> started(@Nullable Parts parts, Standing standing) {
        return parts == null || !standing.tried() ? starting(parts, standing) : next(parts, standing);
    }

    private Behavior<Command> impossible(@Nullable Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        var why = cause == null || cause.getMessage() == null ? "Cannot start" : cause.getMessage();
        context.pipeToSelf(screen.show(new Happening.Failed(STARTING, why)), (shown, lost) -> new GoodbyeShown());
        return receiveMessage(command -> command instanceof GoodbyeShown ? Behaviors.stopped() : same());
    }

    private Behavior<Command> next(Parts parts, Standing standing) {
        var account = standing.account();
        if (account != null && standing.signInDue() && standing.here() != null) {
            return busy(parts, standing.signInDue(false), operations(parts, standing).signInAgain(account));
        }
        return waiting.unstashAll(ready(parts, standing));
    }

    private Behavior<Command> ready(Parts parts, Standing standing) {
        return receiveMessage(command -> switch (command) {
            case Run(var input) -> run(parts, standing, input);
            case RegistryChanged(var change) -> next(parts, changed(standing, change));
            case SignInAgain again -> next(parts, standing.signInDue(true));
            case Introduce(var party, var replyTo) -> introduce(standing.account(), party, replyTo);
            case SessionEnded(var session) -> {
                sessions.remove(session);
                yield same();
            }
            case Ended stray -> throw unexpected(stray);
            case Assembled stray -> throw unexpected(stray);
            case GoodbyeShown stray -> throw unexpected(stray);
        });
    }

    private Behavior<Command> run(Parts parts, Standing standing, Input input) {
        var operations = operations(parts, standing);
        return switch (input) {
            case Input.SignUp signUp -> busy(parts, standing, operations.signUp(signUp));
            case Input.SignIn signIn -> busy(parts, standing, operations.signIn(signIn));
            case Input.ListGroups list -> busy(parts, standing, operations.list(list));
            case Input.Members members -> busy(parts, standing, operations.members(members));
            case Input.Create create -> busy(parts, standing, operations.create(create));
            case Input.Join join -> busy(parts, standing, operations.join(join));
            case Input.SendText(var to, var text) -> send(standing, input, to, new Parcel.Text(text));
            case Input.SendFile(var to, var path) -> send(standing, input, to, new Parcel.File(path));
            case Input.Help(var about) -> show(new Happening.Done(input.verb(), new Answer.Helped(Help.on(about))));
            case Input.Unreadable(var verb, var why) -> show(new Happening.Failed(verb, why));
            case Input.Exit exit -> leave(parts, standing);
        };
    }

    private Behavior<Command> send(Standing standing, Input input, Input.Recipients to, Parcel parcel) {
        var account = standing.account();
        if (account == null) {
            return show(new Happening.Failed(input.verb(), "Nobody is signed in, expected signin NAME first"));
        }
        List<Party> parties = switch (to) {
            case Input.One(var user) -> List.of(new Party.User(user));
            case Input.Groups(var groups) -> groups.stream().distinct().<Party>map(Party.Group::new).toList();
        };
        account.session().tell(new Session.Send(input.verb(), parties, parcel));
        return same();
    }

    private Behavior<Command> busy(Parts parts, Standing standing, CompletionStage<Operations.Ending> operation) {
        context.pipeToSelf(operation, Ended::new);
        return working(parts, standing);
    }

    private Behavior<Command> working(Parts parts, Standing standing) {
        return receiveMessage(command -> switch (command) {
            case Ended(var ending, var failure) -> {
                if (ending == null) throw new IllegalStateException("an operation without an ending", failure);
                screen.show(ending.happening());
                if (ending.signInAgain()) timers.startSingleTimer(new SignInAgain(), SIGN_IN_AGAIN_PAUSE);
                yield next(parts, ending.signedIn() == null ? standing : standing.with(open(parts, ending.signedIn(), standing)));
            }
            case RegistryChanged(var change) -> working(parts, changed(standing, change));
            case SignInAgain again -> working(parts, standing.signInDue(true));
            case Introduce(var party, var replyTo) -> introduce(standing.account(), party, replyTo);
            case SessionEnded(var session) -> {
                sessions.remove(session);
                yield same();
            }
            case Run later -> hold(later);
            case Assembled stray -> throw unexpected(stray);
            case GoodbyeShown stray -> throw unexpected(stray);
        });
    }

    private Account open(Parts parts, Operations.Credentials who, Standing standing) {
        var before = standing.account();
        if (before != null) before.session().tell(new Session.Finish());
        var tools = new Session.Tools(registry, parts.packing(), screen, parts.keys());
        var session = context.spawnAnonymous(Session.create(who.user(), tools));
        context.watchWith(session, new SessionEnded(session));
        sessions.add(session);
        return new Account(who.user(), who.password(), session);
    }

    private Behavior<Command> leave(Parts parts, Standing standing) {
        sessions.forEach(session -> session.tell(new Session.Abort()));
        parts.listener().close();
        lookup.tell(new Lookup.Leave());
        timers.startSingleTimer(new GoodbyeShown(), LEAVING_MAX);
        return leaving(standing);
    }

    private Behavior<Command> leaving(Standing standing) {
        if (sessions.isEmpty()) {
            var bye = new Happening.Done(new Input.Exit().verb(), new Answer.Bye(standing.everReached()));
            context.pipeToSelf(screen.show(bye), (shown, lost) -> new GoodbyeShown());
        }
        return receiveMessage(command -> switch (command) {
            case SessionEnded(var session) -> {
                sessions.remove(session);
                yield sessions.isEmpty() ? leaving(standing) : same();
            }
            case GoodbyeShown done -> Behaviors.stopped();
            case Run(var late) -> show(new Happening.Failed(late.verb(), "Too late, the program is ending"));
            case Introduce(var party, var replyTo) -> introduce(null, party, replyTo);
            case RegistryChanged gone -> same();
            case SignInAgain never -> same();
            case Ended late -> same();
            case Assembled stray -> throw unexpected(stray);
        });
    }

    private Standing changed(Standing standing, Lookup.Change change) {
        switch (change) {
            case Lookup.Down(var why) -> screen.show(new Happening.RegistryLost(why));
            case Lookup.Up up -> {
                // With somebody to sign in again it is back only when that is done.
                if (standing.lost() && standing.account() == null) screen.show(new Happening.RegistryBack());
            }
        }
        return standing.with(change);
    }

    private Operations operations(Parts parts, Standing standing) {
        return new Operations(registry, parts, standing);
    }

    private Behavior<Command> introduce(@Nullable Account account, Party party, ActorRef<Optional<Cipher>> replyTo) {
        if (account == null) replyTo.tell(Optional.empty());
        else account.session().tell(new Session.Introduce(party, replyTo));
        return same();
    }

    /** What the reception asks for each inbound link. */
    private static CompletionStage<Cipher> introduced(ActorRef<Command> self, ActorSystem<?> system, Party party) {
        CompletionStage<Optional<Cipher>> asked =
                AskPattern.ask(self, replyTo -> new Introduce(party, replyTo), Cipher.PATIENCE, system.scheduler());
        return asked.thenApply(cipher -> cipher.orElseThrow(() -> new NotDelivered("nobody is signed in")));
    }

    private Behavior<Command> hold(Run run) {
        if (waiting.isFull()) return show(new Happening.Failed(run.input().verb(), "Too many commands at once"));
        waiting.stash(run);
        return same();
    }

    private Behavior<Command> show(Happening happening) {
        screen.show(happening);
        return same();
    }

    private static IllegalStateException unexpected(Command stray) {
        return new IllegalStateException("not expected here: " + stray.getClass().getSimpleName());
    }
}
