package parley.peer.session;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import parley.peer.command.GroupInput;
import parley.peer.command.Help;
import parley.peer.command.Input;
import parley.peer.command.ModernInput;
import parley.peer.lookup.Lookup;
import parley.peer.talk.Answer;
import parley.peer.talk.Happening;
import parley.peer.talk.Party;
import parley.peer.talk.Screen;

/**
 * The peer as a whole: takes commands in their order, and keeps whoever is signed in signed in.
 *
 * <pre>
 *   starting --parts made, registry tried--> ready --command for the registry, sign-in due--> busy --ended--> ready
 *      |  `--no place to listen--> (stopped)   |                                               |
 *      `--EXIT, in a hurry-----> {@link Leaving} <--EXIT------------------------------´--EXIT, in a hurry-------´
 * </pre>
 *
 * A command that changes who we are or what we are in is carried to its end before the next one is looked at; sending
 * is handed to the session and overtaken. EXIT waits for its turn too, but not long.
 */
public final class Peer {
    public sealed interface Command {}

    /** What happens while a peer lives, and comes too late when it ends. */
    sealed interface Living extends Command {}

    /** Ends with one {@link Happening.Done} or {@link Happening.Failed}. A password must not be missing. */
    public record Run(Input input) implements Living {}

    record Assembled(@Nullable Parts parts, @Nullable Throwable failure) implements Living {}

    record RegistryChanged(Lookup.Change change) implements Living {}

    record Introduce(Party party, ActorRef<Optional<Cipher>> replyTo) implements Living {}

    record Ended(
            Operations.@Nullable Ending ending, @Nullable Throwable failure) implements Living {}

    record PauseOver() implements Living {}

    /** EXIT has waited for its turn long enough. */
    record Hurry() implements Living {}

    record SessionEnded(ActorRef<Session.Command> session) implements Command {}

    /** What happens when a peer ends, or cannot begin. */
    sealed interface Parting extends Command {}

    record LinksDrained() implements Parting {}

    record RegistryLeft() implements Parting {}

    record Shown() implements Parting {}

    record SendsOverdue() implements Parting {}

    record GoodbyesOverdue() implements Parting {}

    record ScreenOverdue() implements Parting {}

    public static Behavior<Command> create(PeerSettings settings, Screen screen) {
        return create(
                settings,
                screen,
                owner -> Lookup.create(settings.registry(), settings.lookup(), RandomGenerator.getDefault(), owner));
    }

    /** Where a lookup comes from, which tells its owner what becomes of the connection. */
    interface Lookups extends Function<ActorRef<Lookup.Change>, Behavior<Lookup.Command>> {}

    static Behavior<Command> create(PeerSettings settings, Screen screen, Lookups lookups) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                Held.WAITING_MAX,
                waiting -> new Peer(context, timers, new Held(waiting, screen), settings, screen, lookups)
                        .starting(null, Standing.START))));
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Held held;
    private final Sessions sessions;
    private final PeerSettings settings;
    private final Screen screen;
    private final ActorRef<Lookup.Command> lookup;
    private final Registry registry;
    private final Endings endings;

    private Peer(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Held held,
            PeerSettings settings,
            Screen screen,
            Lookups lookups) {
        this.context = context;
        this.timers = timers;
        this.held = held;
        this.sessions = new Sessions(context);
        this.settings = settings;
        this.screen = screen;
        var changes = context.messageAdapter(Lookup.Change.class, RegistryChanged::new);
        this.lookup = context.spawn(lookups.apply(changes), "lookup");
        context.watchWith(lookup, new RegistryLeft());
        var patience = settings.lookup().answerTimeout().multipliedBy(2);
        this.registry = new Registry(lookup, context.getSystem().scheduler(), patience);
        this.endings = new Endings(timers, sessions, registry, screen);
        var self = context.getSelf();
        var system = context.getSystem();
        context.pipeToSelf(
                Parts.assemble(system, settings, screen, party -> introduced(self, system, party)), Assembled::new);
    }

    /** Commands wait until both are known: where we listen, and whether there is a registry. */
    private Behavior<Command> starting(@Nullable Parts parts, Standing standing) {
        return receiveMessage(command -> switch (command) {
            case Assembled(var made, var failure) -> {
                if (made == null) {
                    yield Leaving.atOnce(
                            context, timers, screen, settings.stopTimeout(), held, NotDelivered.why(failure));
                }
                screen.show(new Happening.Ready(made.listening()));
                yield started(made, standing);
            }
            case RegistryChanged(var change) -> started(parts, changed(standing, change));
            case Introduce(var party, var replyTo) -> introduce(null, party, replyTo);
            case Run run -> hold(run);
            case Hurry now -> hurry(parts, standing, null);
            case Ended stray -> throw unexpected(stray);
            case PauseOver stray -> throw unexpected(stray);
            case SessionEnded stray -> throw unexpected(stray);
            case Parting stray -> throw unexpected(stray);
        });
    }

    private Behavior<Command> started(@Nullable Parts parts, Standing standing) {
        return parts == null || !standing.tried() ? starting(parts, standing) : next(parts, standing);
    }

    private Behavior<Command> next(Parts parts, Standing standing) {
        var account = standing.account();
        if (account != null && standing.signInDue()) {
            return busy(parts, standing, null, operations(parts, standing).signInAgain(account));
        }
        return held.goOn(ready(parts, standing));
    }

    private Behavior<Command> ready(Parts parts, Standing standing) {
        return receiveMessage(command -> switch (command) {
            case Run(var input) -> run(parts, standing, input);
            case RegistryChanged(var change) -> next(parts, changed(standing, change));
            case PauseOver now -> next(parts, standing.pauseOver());
            case Introduce(var party, var replyTo) -> introduce(standing.account(), party, replyTo);
            case SessionEnded(var session) -> ready(parts, endings.ofSession(session, standing));
            case Hurry late -> same();
            case Ended stray -> throw unexpected(stray);
            case Assembled stray -> throw unexpected(stray);
            case Parting stray -> throw unexpected(stray);
        });
    }

    private Behavior<Command> run(Parts parts, Standing standing, Input input) {
        var operations = operations(parts, standing);
        return switch (input) {
            case Input.SignUp signUp -> busy(parts, standing, input, operations.signUp(signUp));
            case Input.SignIn signIn -> busy(parts, standing, input, operations.signIn(signIn));
            case Input.ListGroups list -> busy(parts, standing, input, operations.list(list));
            case Input.Members(var one)
            when one != null ->
                show(new Happening.Failed(input.verb(), "Classic groups are shown all at once, expected MEMBERS"));
            case Input.Create(var group, var policy)
            when policy != null ->
                show(new Happening.Failed(
                        input.verb(), "Classic groups have no policy, everybody may join; expected CREATE GROUP"));
            case Input.Members members -> busy(parts, standing, input, operations.members(members));
            case Input.Create create -> busy(parts, standing, input, operations.create(create));
            case Input.Join join -> busy(parts, standing, input, operations.join(join));
            case Input.SendText(var to, var text) -> send(standing, input, to, new Parcel.Text(text));
            case Input.SendFile(var to, var path) -> send(standing, input, to, new Parcel.File(path));
            case Input.Help(var about) -> show(new Happening.Done(input.verb(), new Answer.Helped(Help.on(about))));
            case Input.Unreadable(var verb, var why) -> show(new Happening.Failed(verb, why));
            case GroupInput modern ->
                show(new Happening.Failed(
                        modern.verb(), "Classic groups cannot do that, expected CREATE, JOIN, LIST or MEMBERS"));
            case ModernInput modern -> show(new Happening.Failed(modern.verb(), "Classic accounts cannot do that"));
            case Input.Exit exit -> leave(parts, standing);
        };
    }

    private Behavior<Command> send(Standing standing, Input input, Input.Recipients to, Parcel parcel) {
        var account = standing.account();
        if (account == null) return show(new Happening.Failed(input.verb(), Operations.NOBODY));
        List<Party> parties = switch (to) {
            case Input.One(var user) -> List.of(new Party.User(user));
            case Input.Groups(var groups) ->
                groups.stream().distinct().<Party>map(Party.Group::new).toList();
        };
        account.session().tell(new Session.Send(input.verb(), parties, parcel));
        return same();
    }

    /** @param input null if it is of our own accord */
    private Behavior<Command> busy(
            Parts parts, Standing standing, @Nullable Input input, CompletionStage<Operations.Ending> operation) {
        context.pipeToSelf(operation, Ended::new);
        return working(parts, standing, new Endings.Task(input, standing.connection()));
    }

    private Behavior<Command> working(Parts parts, Standing standing, Endings.Task task) {
        return receiveMessage(command -> switch (command) {
            case Ended(var ending, var failure) -> {
                var foreseen = ending == null ? Endings.unforeseen(task, failure) : ending;
                yield next(parts, endings.of(task, foreseen, parts, standing));
            }
            case RegistryChanged(var change) -> working(parts, changed(standing, change), task);
            case PauseOver now -> working(parts, standing.pauseOver(), task);
            case Introduce introduce -> introduceSoon(standing, introduce);
            case SessionEnded(var session) -> working(parts, endings.ofSession(session, standing), task);
            case Run later -> hold(later);
            case Hurry now -> hurry(parts, standing, task.input());
            case Assembled stray -> throw unexpected(stray);
            case Parting stray -> throw unexpected(stray);
        });
    }

    /** Whoever typed EXIT has waited long enough for what he had typed before. */
    private Behavior<Command> hurry(@Nullable Parts parts, Standing standing, @Nullable Input input) {
        var why = "Stopped before it was carried out";
        if (input != null) screen.show(new Happening.Failed(input.verb(), why));
        held.fail(why);
        return leave(parts, standing);
    }

    private Behavior<Command> leave(@Nullable Parts parts, Standing standing) {
        return Leaving.begin(
                context, timers, screen, settings.stopTimeout(), lookup, sessions, parts, standing.everReached());
    }

    private Standing changed(Standing standing, Lookup.Change change) {
        standing.news(change).ifPresent(screen::show);
        return standing.with(change);
    }

    private Operations operations(Parts parts, Standing standing) {
        return new Operations(registry, parts::reachable, standing);
    }

    private Behavior<Command> introduce(@Nullable Account account, Party party, ActorRef<Optional<Cipher>> replyTo) {
        if (account == null) replyTo.tell(Optional.empty());
        else account.session().tell(new Session.Introduce(party, replyTo));
        return same();
    }

    /** The registry may have told others where we are before we know ourselves that we are signed in. */
    private Behavior<Command> introduceSoon(Standing standing, Introduce introduce) {
        if (standing.account() != null) return introduce(standing.account(), introduce.party(), introduce.replyTo());
        held.add(introduce);
        return same();
    }

    /** What the reception asks for each inbound link. */
    private static CompletionStage<Cipher> introduced(ActorRef<Command> self, ActorSystem<?> system, Party party) {
        CompletionStage<Optional<Cipher>> asked =
                AskPattern.ask(self, replyTo -> new Introduce(party, replyTo), Cipher.PATIENCE, system.scheduler());
        return asked.thenApply(cipher -> cipher.orElseThrow(() -> new NotDelivered("nobody is signed in")));
    }

    private Behavior<Command> hold(Run run) {
        held.add(run);
        if (run.input() instanceof Input.Exit && !timers.isTimerActive(new Hurry())) {
            timers.startSingleTimer(new Hurry(), settings.stopTimeout().dividedBy(Leaving.PARTS));
        }
        return same();
    }

    private Behavior<Command> show(Happening happening) {
        screen.show(happening);
        return same();
    }

    static IllegalStateException unexpected(Command stray) {
        return new IllegalStateException(
                "not expected here: " + stray.getClass().getSimpleName());
    }
}
