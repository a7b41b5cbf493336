package parley.peer.modern;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import parley.messages.directory.Code;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.identity.Appending;
import parley.messages.identity.Bundle;
import parley.messages.identity.KeyChain;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.identity.RegistryId;
import parley.messages.identity.Statement;
import parley.messages.name.UserName;
import parley.peer.lookup.directory.Directory;

/** What is asked of the registry, and its answers as values that were verified. Its stages never fail. */
final class Inquiry {
    private final ActorRef<Directory.Command> directory;
    private final ActorSystem<?> system;
    private final Duration patience;

    /** @param patience longer than the directory's own, which says better what went wrong */
    Inquiry(ActorRef<Directory.Command> directory, ActorSystem<?> system, Duration patience) {
        this.directory = directory;
        this.system = system;
        this.patience = patience;
    }

    /** How a request ended. */
    sealed interface Outcome {}

    record Answered(Reply reply) implements Outcome {}

    record Refused(Code code, String why) implements Outcome {}

    /** Worth trying again. */
    record Unreachable(String why) implements Outcome {}

    CompletionStage<Outcome> ask(Request request) {
        CompletionStage<Directory.Answer> asked =
                AskPattern.ask(directory, replyTo -> new Directory.Ask(request, replyTo), patience, system.scheduler());
        return asked.<Outcome>thenApply(answer -> switch (answer) {
                    case Directory.Answered(Reply.Refused(var code, var text)) -> new Refused(code, text);
                    case Directory.Answered(var reply) -> new Answered(reply);
                    case Directory.Unreachable(var why) -> new Unreachable(why);
                })
                .exceptionally(late -> new Unreachable("The registry did not answer in time"));
    }

    /** How the search for somebody's chain ended. */
    sealed interface Found {}

    record Whole(KeyChain chain, Optional<OneTimePrekeys> pair) implements Found {}

    /** @param never whether there is no such account */
    record Missing(boolean never, String why) implements Found {}

    /** The registry hands out what cannot be true; the user is to know. */
    record Wrong(String why) implements Found {}

    CompletionStage<Found> chain(RegistryId registry, UserName name) {
        return rest(registry, name, Optional.empty());
    }

    /** The chain, and a one-time pair if one is left that the chain's identity has signed. */
    CompletionStage<Found> bundle(RegistryId registry, UserName name) {
        return chain(registry, name).thenCompose(found -> switch (found) {
            case Missing missing -> done(missing);
            case Wrong wrong -> done(wrong);
            case Whole whole -> ask(new Request.PrekeysOf(name)).thenApply(outcome -> bundle(whole.chain(), outcome));
        });
    }

    private static Found bundle(KeyChain chain, Outcome outcome) {
        Optional<OneTimePrekeys> pair = switch (outcome) {
            case Answered(Reply.Prekeys(var given)) -> given;
            // Asked for too often, or lost: the prekeys that the chain states serve as the last resort.
            case Outcome other -> Optional.empty();
        };
        return switch (Bundle.of(chain, pair)) {
            case Bundle.Good good -> new Whole(chain, pair);
            case Bundle.Bad(var why) ->
                switch (why) {
                    // That it has ended, the contact's cipher finds out for itself.
                    case REVOKED -> new Whole(chain, Optional.empty());
                    case NOTHING_OFFERED -> new Missing(false, "%s has published no prekeys".formatted(chain.name()));
                    case WRONG_SIGNATURE ->
                        new Wrong("The registry hands out prekeys that %s did not sign".formatted(chain.name()));
                };
        };
    }

    private CompletionStage<Found> rest(RegistryId registry, UserName name, Optional<KeyChain> sofar) {
        int from = sofar.map(chain -> chain.statements().size()).orElse(0);
        return ask(new Request.ChainOf(name, from)).thenCompose(outcome -> switch (outcome) {
            case Answered(Reply.Chain(var statements, var row)) -> {
                if (row.isEmpty()) yield done(incomplete(name));
                Appending taken = sofar.isPresent()
                        ? sofar.get().append(row)
                        : begun(registry, name, row.getFirst(), row.subList(1, row.size()));
                yield switch (taken) {
                    case Appending.Refused(var why) ->
                        done(new Wrong("The registry hands out a chain of %s that is wrong: %s".formatted(name, why)));
                    case Appending.Longer(var chain) ->
                        chain.statements().size() >= statements
                                ? done(new Whole(chain, Optional.empty()))
                                : rest(registry, name, Optional.of(chain));
                };
            }
            case Answered other -> done(incomplete(name));
            case Refused(var code, var why) -> done(new Missing(code == Code.UNKNOWN, refusal(name, code, why)));
            case Unreachable(var why) -> done(new Missing(false, why));
        });
    }

    private static Appending begun(
            RegistryId registry, UserName name, Statement first, java.util.List<Statement> more) {
        return switch (KeyChain.begin(registry, name, first)) {
            case Appending.Longer(var chain) -> chain.append(more);
            case Appending.Refused refused -> refused;
        };
    }

    private static String refusal(UserName name, Code code, String why) {
        return code == Code.UNKNOWN ? "There is no account " + name : why;
    }

    private static Wrong incomplete(UserName name) {
        return new Wrong("The registry hands out a chain of %s that ends early".formatted(name));
    }

    private static CompletionStage<Found> done(Found found) {
        return CompletableFuture.completedStage(found);
    }
}
