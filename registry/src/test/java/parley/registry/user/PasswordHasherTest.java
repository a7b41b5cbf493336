package parley.registry.user;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.registry.RunningRegistry.answered;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.messages.name.Password;

class PasswordHasherTest {
    private static final Password PASSWORD = new Password("correct-horse");

    @Test
    void aPasswordMatchesItsOwnHashAndNoOther() {
        try (var hasher = PasswordHasher.create(2, 8)) {
            var phc = phc(hasher, PASSWORD);
            assertThat(answered(hasher.compare(PASSWORD, Optional.of(phc)))).isEqualTo(new PasswordHasher.Right());
            assertThat(answered(hasher.compare(new Password("x"), Optional.of(phc))))
                    .isEqualTo(new PasswordHasher.Wrong());
            assertThat(phc(hasher, PASSWORD)).as("salted").isNotEqualTo(phc);
        }
    }

    @Test
    void withoutAnAccountNothingIsRight() {
        try (var hasher = PasswordHasher.create(1, 8)) {
            assertThat(answered(hasher.compare(PASSWORD, Optional.empty()))).isEqualTo(new PasswordHasher.Wrong());
        }
    }

    @Test
    void whoFindsTheQueueFullIsToldAtOnce() throws Exception {
        try (var hasher = PasswordHasher.create(1, 2)) {
            var release = new CountDownLatch(1);
            hasher.threads().execute(() -> {
                try {
                    release.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            });
            var waiting =
                    IntStream.range(0, 2).mapToObj(i -> hasher.hash(PASSWORD)).toList();
            assertThat(hasher.hash(PASSWORD).toCompletableFuture())
                    .isCompletedWithValue(new PasswordHasher.QueueFull());
            assertThat(hasher.compare(PASSWORD, Optional.empty()).toCompletableFuture())
                    .isCompletedWithValue(new PasswordHasher.QueueFull());
            release.countDown();
            assertThat(waiting).allSatisfy(h -> assertThat(answered(h)).isInstanceOf(PasswordHasher.Hashed.class));
        }
    }

    /** The same work for a name that nobody has: the medians of both lie close together. */
    @Test
    void anUnknownNameCostsAsMuchAsAWrongPassword() {
        try (var hasher = PasswordHasher.create(1, 64)) {
            var phc = Optional.of(phc(hasher, PASSWORD));
            var wrong = new Password("wrong");
            for (int warmUp = 0; warmUp < 10; warmUp++) nanos(hasher, wrong, phc);
            var knowns = new ArrayList<Long>();
            var unknowns = new ArrayList<Long>();
            for (int i = 0; i < 15; i++) { // by turns, so that a busy machine slows both
                knowns.add(nanos(hasher, wrong, phc));
                unknowns.add(nanos(hasher, wrong, Optional.empty()));
            }
            long known = median(knowns);
            long unknown = median(unknowns);
            assertThat((double) unknown / known)
                    .as("%d ns, %d ns", unknown, known)
                    .isBetween(0.3, 3.0);
        }
    }

    private static String phc(PasswordHasher hasher, Password password) {
        return answered(hasher.hash(password)) instanceof PasswordHasher.Hashed(var phc) ? phc : "none";
    }

    private static long nanos(PasswordHasher hasher, Password password, Optional<String> phc) {
        long start = System.nanoTime();
        assertThat(answered(hasher.compare(password, phc))).isEqualTo(new PasswordHasher.Wrong());
        return System.nanoTime() - start;
    }

    private static long median(List<Long> nanos) {
        return nanos.stream().sorted().toList().get(nanos.size() / 2);
    }
}
