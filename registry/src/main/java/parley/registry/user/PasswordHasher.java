package parley.registry.user;

import com.typesafe.config.Config;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import parley.messages.name.Password;

/**
 * Where passwords are hashed: beside the actors, as many at once as there are cores, the rest queued and bounded. Who
 * finds the queue full is refused at once, so that a flood costs waiting rather than memory.
 */
final class PasswordHasher implements AutoCloseable {
    sealed interface Hashing {}

    /** @param phc see {@link Argon2Hash} */
    record Hashed(String phc) implements Hashing {
        @Override
        public String toString() {
            return "Hashed[redacted]";
        }
    }

    sealed interface Comparison {}

    record Right() implements Comparison {}

    record Wrong() implements Comparison {}

    record QueueFull() implements Hashing, Comparison {}

    private final ThreadPoolExecutor threads;
    private final SecureRandom random;

    private PasswordHasher(ThreadPoolExecutor threads, SecureRandom random) {
        this.threads = threads;
        this.random = random;
    }

    static PasswordHasher create(Config config) {
        return create(
                Runtime.getRuntime().availableProcessors(), config.getInt("parley.registry.passwords.waiting-max"));
    }

    static PasswordHasher create(int atOnce, int waitingMax) {
        var threads = new ThreadPoolExecutor(
                atOnce, atOnce, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(waitingMax), work -> {
                    var thread = new Thread(work, "passwords");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return new PasswordHasher(threads, new SecureRandom());
    }

    CompletionStage<Hashing> hash(Password password) {
        return queued(
                () -> {
                    var salt = new byte[Argon2Hash.SALT_BYTES];
                    random.nextBytes(salt);
                    return new Hashed(Argon2Hash.of(password, salt).phc());
                },
                new QueueFull());
    }

    /** @param phc nothing if there is no such account, which is the same work and is never right */
    CompletionStage<Comparison> compare(Password password, Optional<String> phc) {
        return queued(
                () -> {
                    var stored = phc.map(Argon2Hash::parse).orElseGet(Argon2Hash::ofNobody);
                    return stored.matches(password) && phc.isPresent() ? new Right() : new Wrong();
                },
                new QueueFull());
    }

    private <T> CompletionStage<T> queued(Supplier<T> work, T queueFull) {
        try {
            return CompletableFuture.supplyAsync(work, threads);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.completedFuture(queueFull);
        }
    }

    /** For tests: what holds the threads holds the passwords. */
    Executor threads() {
        return threads;
    }

    /** What waits is never answered. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
