package parley.peer.modern;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.stopped;

import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import parley.messages.directory.Request;
import parley.messages.identity.Claim;
import parley.messages.identity.KeyChain;
import parley.peer.cipher.identity.RecoveryWords;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.command.ModernInput;
import parley.peer.lookup.directory.Directory;
import parley.peer.talk.Happening;
import parley.peer.talk.ModernAnswer;

/**
 * Ends an identity with its recovery words; on any machine, without its vault.
 *
 * <pre>
 *   reading the words --good--&gt; calling --hello--&gt; fetching the chain --its recovery key--&gt; asking --&gt; (ended)
 *         `--bad--&gt; (failed)       `--no registry--&gt; (failed)  `--another key--&gt; (failed)
 * </pre>
 */
final class Revocation {
    private sealed interface Command {}

    private record Registry(Directory.Change change) implements Command {}

    private record Found(Inquiry.Found found) implements Command {}

    private record Asked(Inquiry.Outcome outcome) implements Command {}

    /** Never fails. */
    static CompletionStage<Happening> revoke(ActorContext<?> owner, ModernSettings settings, ModernInput.Revoke input) {
        var words = RecoveryWords.read(input.words() == null ? "" : input.words());
        return switch (words) {
            case RecoveryWords.Bad(var why) ->
                CompletableFuture.completedStage(new Happening.Failed(input.verb(), why));
            case RecoveryWords.Good(var secret) -> {
                var ended = new CompletableFuture<Happening>();
                var recovery = SigningKey.of(secret);
                owner.spawnAnonymous(Behaviors.<Command>setup(
                        context -> new Revocation(context, settings, input, recovery, ended).calling()));
                yield ended;
            }
        };
    }

    private final ActorContext<Command> context;
    private final ModernInput.Revoke input;
    private final SigningKey recovery;
    private final CompletableFuture<Happening> ended;
    private final ActorRef<Directory.Command> directory;
    private final Inquiry registry;

    private Revocation(
            ActorContext<Command> context,
            ModernSettings settings,
            ModernInput.Revoke input,
            SigningKey recovery,
            CompletableFuture<Happening> ended) {
        this.context = context;
        this.input = input;
        this.recovery = recovery;
        this.ended = ended;
        var changes = context.messageAdapter(Directory.Change.class, Registry::new);
        var anybody = SigningKey.create(new SecureRandom());
        this.directory = context.spawn(Calling.registry(settings, settings.pin(), anybody, changes), "directory");
        this.registry = Calling.inquiry(directory, context.getSystem(), settings);
    }

    private Behavior<Command> calling() {
        return receiveMessage(command -> switch (command) {
            case Registry(Directory.Up up) -> {
                context.pipeToSelf(
                        registry.chain(up.registry(), input.user()),
                        (found, failure) ->
                                new Found(found == null ? new Inquiry.Missing(false, String.valueOf(failure)) : found));
                yield same();
            }
            case Registry(Directory.Down(var why)) -> end(failed(why));
            case Registry other -> same();
            case Found(Inquiry.Missing(var never, var why)) -> end(failed(why));
            case Found(Inquiry.Wrong(var why)) -> end(failed(why));
            case Found(Inquiry.Whole(var chain, var pair)) -> revoke(chain);
            case Asked(Inquiry.Answered done) ->
                end(new Happening.Done(input.verb(), new ModernAnswer.Revoked(input.user())));
            case Asked(Inquiry.Refused(var code, var why)) -> end(failed(why));
            case Asked(Inquiry.Unreachable(var why)) -> end(failed(why));
        });
    }

    private Behavior<Command> revoke(KeyChain chain) {
        if (chain.isRevoked()) return end(failed("The identity of %s has ended already".formatted(input.user())));
        if (!chain.recovery().equals(recovery.key()))
            return end(failed("These are the recovery words of another account than " + input.user()));
        var draft = chain.draft(new Claim.Revoke(), System.currentTimeMillis());
        var revocation = recovery.sign(draft, chain.registry());
        context.pipeToSelf(
                registry.ask(new Request.Revoke(input.user(), revocation)),
                (outcome, failure) ->
                        new Asked(outcome == null ? new Inquiry.Unreachable(String.valueOf(failure)) : outcome));
        return same();
    }

    private Happening failed(String why) {
        return new Happening.Failed(input.verb(), why);
    }

    private Behavior<Command> end(Happening happening) {
        recovery.secret().wipe();
        directory.tell(new Directory.Leave());
        ended.complete(happening);
        return stopped();
    }
}
