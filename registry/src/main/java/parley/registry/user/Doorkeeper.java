package parley.registry.user;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.messages.name.UserName;

/**
 * Decides on one sign-in: may this source try now, is the password right, and is the outcome on disk. A name that
 * nobody has takes the same steps as one with a wrong password.
 */
final class Doorkeeper {
    /** A throttle answers within milliseconds; one that does not has no journal. */
    private static final Duration THROTTLE_TIMEOUT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);

    private final Function<String, RecipientRef<SignInThrottle.Command>> throttles;
    private final PasswordHasher hasher;
    private final Scheduler scheduler;

    /** @param throttles by source address */
    Doorkeeper(
            Function<String, RecipientRef<SignInThrottle.Command>> throttles,
            PasswordHasher hasher,
            Scheduler scheduler) {
        this.throttles = throttles;
        this.hasher = hasher;
        this.scheduler = scheduler;
    }

    /** Never fails: what goes wrong here is {@link UserRegistry.Busy} to the user. */
    CompletionStage<UserRegistry.SignInAnswer> admit(
            UserName name, UserRegistry.SignIn attempt, Optional<String> passwordHash) {
        var throttle = throttles.apply(attempt.source());
        return this.<SignInThrottle.Clearance>ask(throttle, replyTo -> new SignInThrottle.Attempt(name, replyTo))
                .thenCompose(clearance -> switch (clearance) {
                    case SignInThrottle.Wait(var pause) -> done(new UserRegistry.TooManyAttempts(pause));
                    case SignInThrottle.Go(var slot) ->
                        hasher.compare(attempt.password(), passwordHash)
                                .thenCompose(comparison -> outcome(comparison, throttle, slot));
                })
                .exceptionally(failure -> {
                    LOG.warn("A sign-in could not be decided: {}", failure.toString());
                    return new UserRegistry.Busy();
                });
    }

    private CompletionStage<UserRegistry.SignInAnswer> outcome(
            PasswordHasher.Comparison comparison, RecipientRef<SignInThrottle.Command> throttle, String slot) {
        return switch (comparison) {
            case PasswordHasher.Right right -> {
                throttle.tell(new SignInThrottle.Succeeded(slot));
                yield done(new UserRegistry.SignedIn());
            }
            // Answered only when it is counted on disk: a crash must not give attempts back.
            case PasswordHasher.Wrong wrong ->
                this.<SignInThrottle.Noted>ask(throttle, replyTo -> new SignInThrottle.Failed(slot, replyTo))
                        .thenApply(noted -> new UserRegistry.WrongNameOrPassword());
            case PasswordHasher.QueueFull full -> {
                throttle.tell(new SignInThrottle.Withdrawn(slot));
                yield done(new UserRegistry.Busy());
            }
        };
    }

    private <T> CompletionStage<T> ask(
            RecipientRef<SignInThrottle.Command> throttle,
            org.apache.pekko.japi.function.Function<org.apache.pekko.actor.typed.ActorRef<T>, SignInThrottle.Command>
                    question) {
        return AskPattern.ask(throttle, question, THROTTLE_TIMEOUT, scheduler);
    }

    private static CompletionStage<UserRegistry.SignInAnswer> done(UserRegistry.SignInAnswer answer) {
        return CompletableFuture.completedFuture(answer);
    }
}
