package parley.peer.modern;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.KeyChain;
import parley.messages.name.UserName;
import parley.peer.cipher.identity.SafetyNumber;
import parley.peer.command.ModernInput;
import parley.peer.contact.ContactCommand;
import parley.peer.contact.ContactStatus;
import parley.peer.contact.Trust;
import parley.peer.talk.Happening;
import parley.peer.talk.ModernAnswer;

/**
 * Compares what two people read to each other, and remembers which identity the user has looked at: a new one is
 * accepted only if it is that one.
 *
 * <pre>
 *   unseen --verify, or an accept that is refused--&gt; seen --accept--&gt; accepted
 *     ^------------- the registry hands out yet another one -----'
 * </pre>
 *
 * What is told unasked, such as that somebody has another identity, shows no digits and counts for nothing. Answers of
 * ciphers come on any thread.
 */
final class Verification {
    /** One contact's cipher. */
    interface Asked {
        CompletionStage<Boolean> of(Function<ActorRef<Boolean>, ContactCommand> question);
    }

    private final KeyChain own;
    private final Map<UserName, IdentityKey> seen = new ConcurrentHashMap<>();

    Verification(KeyChain own) {
        this.own = own;
    }

    CompletionStage<Happening> verify(ModernInput.Verify input, ContactStatus status, Asked cipher) {
        var user = input.user();
        var theirs = theirs(status);
        if (theirs.isEmpty())
            return failed(input.verb(), "Nothing is known of %s yet, expected a text to or from them".formatted(user));
        var digits = digits(theirs.get()).digits();
        if (input.digits() == null) {
            seen.put(user, theirs.get().identity());
            return now(verified(user, digits, status.trust() == Trust.VERIFIED));
        }
        if (status.forked().isPresent())
            return failed(
                    input.verb(),
                    "%s has another identity that waits to be accepted: accept %s DIGITS, with the digits that %s reads out"
                            .formatted(user, user, user));
        if (!digits.equals(input.digits())) return failed(input.verb(), others(user));
        return cipher.of(replyTo -> new ContactCommand.SetVerified(theirs.get().identity(), replyTo))
                .thenApply(same -> same ? verified(user, digits, true) : changed(input.verb(), user));
    }

    /** A new identity if there is one, else the stranger, else whoever was blocked. */
    CompletionStage<Happening> accept(
            ModernInput.Accept input, ContactStatus status, ActorRef<ContactCommand> to, Asked cipher) {
        var user = input.user();
        var theirs = theirs(status);
        var named = Optional.ofNullable(input.digits());
        if (named.isPresent() && !named.equals(theirs.map(this::digits).map(SafetyNumber::digits)))
            return failed(input.verb(), others(user));
        var accepted = new Happening.Done(input.verb(), new ModernAnswer.Accepted(user, status.waiting()));
        if (status.forked().isEmpty()) {
            to.tell(new ContactCommand.Accept());
            if (named.isEmpty()) return now(accepted);
        } else if (named.isEmpty() && !status.forked().get().identity().equals(seen.get(user))) {
            seen.put(user, status.forked().get().identity());
            return failed(input.verb(), unseen(user, digits(status.forked().get())));
        }
        var key = theirs.orElseThrow().identity();
        return taken(status, key, cipher)
                .thenCompose(same ->
                        !same || named.isEmpty() ? CompletableFuture.completedStage(same) : compared(key, cipher))
                .thenApply(same -> same ? accepted : changed(input.verb(), user));
    }

    private static CompletionStage<Boolean> taken(ContactStatus status, IdentityKey key, Asked cipher) {
        return status.forked().isEmpty()
                ? CompletableFuture.completedStage(true)
                : cipher.of(replyTo -> new ContactCommand.AcceptIdentity(key, replyTo));
    }

    private static CompletionStage<Boolean> compared(IdentityKey key, Asked cipher) {
        return cipher.of(replyTo -> new ContactCommand.SetVerified(key, replyTo));
    }

    private static Optional<KeyChain> theirs(ContactStatus status) {
        return status.forked().or(status::chain);
    }

    private SafetyNumber digits(KeyChain theirs) {
        return SafetyNumber.of(own.registry(), own.name(), own.identity(), theirs.name(), theirs.identity());
    }

    private static Happening verified(UserName user, String digits, boolean verified) {
        return new Happening.Done("verify", new ModernAnswer.Verification(user, digits, verified));
    }

    private static String unseen(UserName user, SafetyNumber digits) {
        return "%s has an identity that was not shown to you yet. Its digits: %s. Compare them with what %s reads out, then accept %s again"
                .formatted(user, digits.spaced(), user, user);
    }

    private static String others(UserName user) {
        return "These are not the digits of %s. If they were typed right, somebody is in between: don't write"
                .formatted(user);
    }

    private static Happening changed(String verb, UserName user) {
        return new Happening.Failed(
                verb,
                "The identity of %s has changed just now, expected the one that you saw: verify %s"
                        .formatted(user, user));
    }

    private static CompletionStage<Happening> failed(String verb, String why) {
        return now(new Happening.Failed(verb, why));
    }

    private static CompletionStage<Happening> now(Happening happening) {
        return CompletableFuture.completedStage(happening);
    }
}
