package parley.peer.modern;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.stopped;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import parley.messages.directory.Code;
import parley.messages.directory.Invite;
import parley.messages.directory.MalformedLine;
import parley.messages.directory.SignUp;
import parley.messages.identity.Fingerprint;
import parley.peer.cipher.identity.RecoveryWords;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.command.Input;
import parley.peer.lookup.directory.Directory;
import parley.peer.store.AccountVault;
import parley.peer.store.OwnKeys;
import parley.peer.talk.Happening;
import parley.peer.talk.ModernAnswer;

/**
 * One sign-up.
 *
 * <pre>
 *   calling --hello--&gt; making keys and vault --made--&gt; asking --taken in--&gt; closing --closed--&gt; (the words are shown)
 *      |                     |                          |--refused--&gt; discarding the vault --&gt; (failed)
 *      |                     |                          `--no answer, busy--&gt; closing --&gt; (failed)
 *      `--no registry--------`--no vault-----------------------------------------------------&gt; (failed)
 * </pre>
 *
 * The vault comes before the registry: a name whose keys nobody has would be lost. If this ends in between, the next
 * sign-in signs up what the vault holds.
 */
final class Enrolment {
    private sealed interface Command {}

    private record Registry(Directory.Change change) implements Command {}

    private record Made(
            @Nullable AccountVault account, @Nullable Throwable failure) implements Command {}

    private record Asked(AccountVault account, Inquiry.Outcome outcome) implements Command {}

    private record Ended(Happening happening) implements Command {}

    /** Never fails. */
    static CompletionStage<Happening> signUp(
            ActorContext<?> owner, ModernSettings settings, Accounts accounts, Input.SignUp input) {
        var ended = new CompletableFuture<Happening>();
        Optional<Invite> invite;
        try {
            invite = Optional.ofNullable(input.invitation()).map(Invite::new);
        } catch (MalformedLine bad) {
            return CompletableFuture.completedStage(
                    new Happening.Failed(input.verb(), String.valueOf(bad.getMessage())));
        }
        owner.spawnAnonymous(Behaviors.<Command>setup(
                context -> new Enrolment(context, settings, accounts, input, invite, ended).calling()));
        return ended;
    }

    private final ActorContext<Command> context;
    private final ModernSettings settings;
    private final Accounts accounts;
    private final Input.SignUp input;
    private final Optional<Invite> invite;
    private final CompletableFuture<Happening> ended;
    private final SecureRandom random = new SecureRandom();

    /** Shown to the registry before it has said which one it is, and so before anything can be signed for it. */
    private final SigningKey tls = SigningKey.create(random);

    private final ActorRef<Directory.Command> directory;
    private final Registration registration;
    private @Nullable SigningKey recovery;

    private Enrolment(
            ActorContext<Command> context,
            ModernSettings settings,
            Accounts accounts,
            Input.SignUp input,
            Optional<Invite> invite,
            CompletableFuture<Happening> ended) {
        this.context = context;
        this.settings = settings;
        this.accounts = accounts;
        this.input = input;
        this.invite = invite;
        this.ended = ended;
        this.directory = context.spawn(
                Calling.registry(
                        settings, settings.pin(), tls, context.messageAdapter(Directory.Change.class, Registry::new)),
                "directory");
        this.registration = new Registration(Calling.inquiry(directory, context.getSystem(), settings), invite);
    }

    private Behavior<Command> calling() {
        return receiveMessage(command -> switch (command) {
            case Registry(Directory.Up up) -> {
                if (up.signUp() == SignUp.CLOSED) yield fail("The registry takes no new accounts");
                if (up.signUp() == SignUp.INVITE && invite.isEmpty())
                    yield fail("The registry wants an invitation: signup %s INVITE CODE".formatted(input.user()));
                yield make(up);
            }
            case Registry(Directory.Down(var why)) -> fail(why);
            case Registry other -> same();
            case Made stray -> same();
            case Asked stray -> same();
            case Ended stray -> same();
        });
    }

    private Behavior<Command> make(Directory.Up up) {
        var born = OwnKeys.create(up.registry(), input.user(), tls, System.currentTimeMillis(), random);
        recovery = born.recovery();
        var home = new AccountVault.Home(up.registry(), up.key());
        context.pipeToSelf(accounts.create(input.user(), input.password(), home, born, invite), Made::new);
        return receiveMessage(command -> switch (command) {
            case Made(var account, var failure) -> account == null ? fail(Accounts.why(failure)) : ask(account, up);
            case Registry later -> same();
            case Asked stray -> same();
            case Ended stray -> same();
        });
    }

    private Behavior<Command> ask(AccountVault account, Directory.Up up) {
        context.pipeToSelf(
                registration.signUp(account.keys().chain()),
                (outcome, failure) -> new Asked(
                        account, outcome == null ? new Inquiry.Unreachable(String.valueOf(failure)) : outcome));
        return receiveMessage(command -> switch (command) {
            case Asked(var made, Inquiry.Answered well) -> close(made, up);
            case Asked(var made, Inquiry.Refused(var code, var why)) ->
                code == Code.BUSY ? leave(made, why) : discard(made, why);
            case Asked(var made, Inquiry.Unreachable(var why)) -> leave(made, why);
            case Registry later -> same();
            case Made stray -> same();
            case Ended stray -> same();
        });
    }

    private Behavior<Command> close(AccountVault account, Directory.Up up) {
        if (recovery == null) throw new IllegalStateException("an account without a recovery key");
        var words = RecoveryWords.of(recovery.secret());
        recovery.secret().wipe();
        var registry = settings.registry() + "#" + Fingerprint.of(up.key());
        return after(
                accounts.signedUp(account),
                new Happening.Done(input.verb(), new ModernAnswer.Enrolled(input.user(), words, registry)));
    }

    /** It may have heard us, and take us in after all: the vault stays, and the next sign-in finds out. */
    private Behavior<Command> leave(AccountVault account, String why) {
        return after(
                accounts.close(account),
                failed("%s. To go on where this stopped: signin %s".formatted(why, input.user())));
    }

    private Behavior<Command> discard(AccountVault account, String why) {
        return after(accounts.discard(account), failed(why));
    }

    private Behavior<Command> after(CompletionStage<Void> work, Happening happening) {
        context.pipeToSelf(
                work, (done, failure) -> new Ended(failure == null ? happening : failed(Accounts.why(failure))));
        return receiveMessage(command -> switch (command) {
            case Ended(var how) -> end(how);
            case Registry later -> same();
            case Made stray -> same();
            case Asked stray -> same();
        });
    }

    private Behavior<Command> fail(String why) {
        return end(failed(why));
    }

    private Happening failed(String why) {
        return new Happening.Failed(input.verb(), why);
    }

    private Behavior<Command> end(Happening happening) {
        directory.tell(new Directory.Leave());
        ended.complete(happening);
        return stopped();
    }
}
