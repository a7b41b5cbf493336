package parley.peer.modern;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import parley.messages.name.UserName;
import parley.peer.command.Help;
import parley.peer.command.Input;
import parley.peer.command.ModernInput;
import parley.peer.contact.Acquaintance;
import parley.peer.store.AccountVault;
import parley.peer.talk.Answer;
import parley.peer.talk.Happening;
import parley.peer.talk.Screen;

/**
 * The peer as a whole: takes commands in their order, and has one account signed in at a time.
 *
 * <pre>
 *   nobody --signup, import, revoke--&gt; busy --ended--&gt; nobody
 *   nobody --signin--&gt; entering --entered--&gt; in --any command--&gt; in
 *                         `--refused--&gt; nobody    |--signin--&gt; changing --session ended--&gt; entering
 *                                                 `--thrown out--&gt; nobody
 *   any --EXIT--&gt; leaving --session ended, or too slow--&gt; (stopped)
 * </pre>
 *
 * What is typed while somebody signs up or in waits for its end.
 */
public final class ModernPeer {
    public sealed interface Command {}

    /** Ends with one {@link Happening.Done} or {@link Happening.Failed}. */
    public record Run(Input input) implements Command {}

    private record Ended(Happening happening) implements Command {}

    /** The session has shown how its sign-in ended; if it was refused it ends by itself. */
    record Settled(ActorRef<ModernSession.Command> session, boolean registryReached) implements Command {}

    private record Opened(
            Input.SignIn input,
            Parts.@Nullable Account account,
            @Nullable Throwable failure) implements Command {}

    private record SessionEnded(ActorRef<ModernSession.Command> session, UserName user) implements Command {}

    private record Overdue() implements Command {}

    private record Shown() implements Command {}

    /** Commands that wait for a sign-in; a script that writes faster waits itself. */
    private static final int WAITING_MAX = 1_024;

    static final String NOBODY = "Nobody is signed in, expected signin NAME first";

    public static Behavior<Command> create(ModernSettings settings, Screen screen) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(WAITING_MAX, waiting -> {
            screen.show(new Happening.Started());
            return new ModernPeer(context, timers, waiting, settings, screen).nobody();
        })));
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final StashBuffer<Command> waiting;
    private final ModernSettings settings;
    private final Screen screen;
    private final Accounts accounts;
    private boolean registryReached;

    private ModernPeer(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            StashBuffer<Command> waiting,
            ModernSettings settings,
            Screen screen) {
        this.context = context;
        this.timers = timers;
        this.waiting = waiting;
        this.settings = settings;
        this.screen = screen;
        this.accounts = Accounts.in(settings.accounts(), settings.passwordCost(), context.getSystem());
    }

    private Behavior<Command> nobody() {
        return waiting.unstashAll(receiveMessage(command -> switch (command) {
            case Run(Input.SignIn signIn) -> open(signIn);
            case Run(var input) -> withoutAccount(input, null);
            case SessionEnded old -> same();
            case Settled old -> same();
            case Ended stray -> throw unexpected(stray);
            case Opened stray -> throw unexpected(stray);
            case Overdue stray -> throw unexpected(stray);
            case Shown stray -> throw unexpected(stray);
        }));
    }

    private Behavior<Command> in(ActorRef<ModernSession.Command> session) {
        return waiting.unstashAll(receiveMessage(command -> switch (command) {
            case Run(Input.SignIn signIn) -> {
                session.tell(new ModernSession.Leave());
                yield changing(signIn, session);
            }
            case Run(var input) -> inSession(input, session);
            case SessionEnded(var ended, var user) -> {
                if (!ended.equals(session)) yield same();
                screen.show(new Happening.SignedOut(user));
                yield nobody();
            }
            case Settled(var again, var reached) -> {
                registryReached |= reached;
                yield same();
            }
            case Ended stray -> throw unexpected(stray);
            case Opened stray -> throw unexpected(stray);
            case Overdue stray -> throw unexpected(stray);
            case Shown stray -> throw unexpected(stray);
        }));
    }

    private Behavior<Command> inSession(Input input, ActorRef<ModernSession.Command> session) {
        return switch (input) {
            case Input.SignUp other -> withoutAccount(other, session);
            case Input.Help help -> withoutAccount(help, session);
            case Input.Unreadable unreadable -> withoutAccount(unreadable, session);
            case Input.Exit exit -> withoutAccount(exit, session);
            case ModernInput.Import backup -> withoutAccount(backup, session);
            case ModernInput.Revoke revoke -> withoutAccount(revoke, session);
            case Input forSession -> {
                session.tell(new ModernSession.Run(forSession));
                yield same();
            }
        };
    }

    /** @param session null if nobody is signed in */
    private Behavior<Command> withoutAccount(Input input, @Nullable ActorRef<ModernSession.Command> session) {
        return switch (input) {
            case Input.SignUp signUp -> task(Enrolment.signUp(context, settings, accounts, signUp), session);
            case ModernInput.Import backup -> task(accounts.importFrom(backup), session);
            case ModernInput.Revoke revoke -> task(Revocation.revoke(context, settings, revoke), session);
            case Input.Help(var about) -> show(new Happening.Done(input.verb(), new Answer.Helped(Help.on(about))));
            case Input.Unreadable(var verb, var why) -> show(new Happening.Failed(verb, why));
            case Input.Exit exit -> leave(session);
            case Input other -> show(new Happening.Failed(other.verb(), NOBODY));
        };
    }

    /** @param task never fails */
    private Behavior<Command> task(CompletionStage<Happening> task, @Nullable ActorRef<ModernSession.Command> session) {
        context.pipeToSelf(
                task,
                (happening, failure) ->
                        new Ended(happening == null ? new Happening.Failed("", String.valueOf(failure)) : happening));
        return busy(session);
    }

    private Behavior<Command> busy(@Nullable ActorRef<ModernSession.Command> session) {
        return receiveMessage(command -> switch (command) {
            case Ended(var happening) -> {
                if (happening instanceof Happening.Done) registryReached = true;
                screen.show(happening);
                yield session == null ? nobody() : in(session);
            }
            case SessionEnded(var ended, var user) -> {
                if (!ended.equals(session)) yield same();
                screen.show(new Happening.SignedOut(user));
                yield busy(null);
            }
            case Run(Input.Exit exit) -> leave(session);
            case Run later -> hold(later);
            case Settled old -> same();
            case Opened stray -> throw unexpected(stray);
            case Overdue stray -> throw unexpected(stray);
            case Shown stray -> throw unexpected(stray);
        });
    }

    private Behavior<Command> changing(Input.SignIn signIn, ActorRef<ModernSession.Command> session) {
        return receiveMessage(command -> switch (command) {
            case SessionEnded(var ended, var user) -> {
                if (!ended.equals(session)) yield same();
                screen.show(new Happening.SignedOut(user));
                yield open(signIn);
            }
            case Run later -> hold(later);
            case Settled old -> same();
            case Ended stray -> throw unexpected(stray);
            case Opened stray -> throw unexpected(stray);
            case Overdue stray -> throw unexpected(stray);
            case Shown stray -> throw unexpected(stray);
        });
    }

    private Behavior<Command> open(Input.SignIn signIn) {
        context.pipeToSelf(
                accounts.open(signIn.user(), signIn.password()).thenApply(this::account),
                (account, failure) -> new Opened(signIn, account, failure));
        return entering(null);
    }

    private Parts.Account account(AccountVault vault) {
        return new Parts.Account(vault, vault.look(Acquaintance::names), settings, screen);
    }

    private Behavior<Command> entering(@Nullable ActorRef<ModernSession.Command> session) {
        return receiveMessage(command -> switch (command) {
            case Opened(var input, var account, var failure) -> {
                if (account == null) {
                    screen.show(new Happening.Failed(input.verb(), Accounts.why(failure)));
                    yield nobody();
                }
                var begun = context.spawnAnonymous(ModernSession.create(account, context.getSelf()));
                context.watchWith(begun, new SessionEnded(begun, input.user()));
                yield entering(begun);
            }
            case Settled(var settled, var reached) -> {
                if (!settled.equals(session)) yield same();
                registryReached |= reached;
                yield in(settled);
            }
            case SessionEnded(var ended, var user) -> ended.equals(session) ? nobody() : same();
            case Run(Input.Exit exit) -> leave(session);
            case Run later -> hold(later);
            case Ended stray -> throw unexpected(stray);
            case Overdue stray -> throw unexpected(stray);
            case Shown stray -> throw unexpected(stray);
        });
    }

    private Behavior<Command> leave(@Nullable ActorRef<ModernSession.Command> session) {
        timers.startSingleTimer(new Overdue(), settings.stopTimeout());
        waiting.forEach(held -> {
            if (held instanceof Run(var input) && !(input instanceof Input.Exit))
                screen.show(new Happening.Failed(input.verb(), "Stopped before it was carried out"));
        });
        waiting.clear();
        if (session == null) return bidding();
        session.tell(new ModernSession.Leave());
        return receiveMessage(command -> switch (command) {
            case SessionEnded(var ended, var user) -> ended.equals(session) ? bidding() : same();
            case Overdue late -> bidding();
            case Run(var input) -> tooLate(input);
            case Settled old -> same();
            case Ended late -> same();
            case Opened late -> same();
            case Shown stray -> throw unexpected(stray);
        });
    }

    private Behavior<Command> bidding() {
        timers.startSingleTimer(new Overdue(), settings.stopTimeout());
        var bye = new Happening.Done(new Input.Exit().verb(), new Answer.Bye(registryReached));
        context.pipeToSelf(screen.show(bye), (shown, lost) -> new Shown());
        return receiveMessage(command -> switch (command) {
            case Shown now -> Behaviors.stopped();
            case Overdue late -> Behaviors.stopped();
            case Run(var input) -> tooLate(input);
            case Opened(var input, var account, var failure) -> {
                if (account != null) accounts.close(account.vault());
                yield same();
            }
            case SessionEnded late -> same();
            case Settled late -> same();
            case Ended late -> same();
        });
    }

    private Behavior<Command> tooLate(Input input) {
        // EXIT again is the same wish: the one end answers both.
        if (!(input instanceof Input.Exit))
            screen.show(new Happening.Failed(input.verb(), "Too late, the program is ending"));
        return same();
    }

    private Behavior<Command> hold(Run run) {
        if (waiting.isFull()) screen.show(new Happening.Failed(run.input().verb(), "Too many commands are waiting"));
        else waiting.stash(run);
        return same();
    }

    private Behavior<Command> show(Happening happening) {
        screen.show(happening);
        return same();
    }

    private static IllegalStateException unexpected(Command stray) {
        return new IllegalStateException(
                "not expected here: " + stray.getClass().getSimpleName());
    }
}
