package parley.peer.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AbsenceTest {
    static final Absence NONE = Absence.none(Duration.ofMillis(250), Duration.ofSeconds(15));

    @Test
    void eachAttemptWaitsTwiceAsLongAsTheOneBeforeUpToALimit() {
        var absence = NONE;
        for (long millis : new long[] {250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000}) {
            assertThat(absence.delay()).isEqualTo(Duration.ofMillis(millis));
            absence = absence.longer();
        }
    }

    @Test
    void whoWasToldOnceIsNotToldAgainUntilItIsOver() {
        var absence = NONE;
        assertThat(absence.told()).isFalse();
        assertThat(absence.longer().told()).isTrue();
        assertThat(absence.longer().over())
                .isEqualTo(new Absence(Duration.ofMillis(500), Duration.ofSeconds(15), false));
    }

    @Test
    void chanceTakesUpToHalfOfTheDelay() {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 10_000; i++) {
            var delay = Duration.ofNanos(random.nextLong(1, 20_000_000_000L));
            var jittered = new Absence(delay, delay, true).jittered(random);
            assertThat(jittered).as("seed %d", seed).isBetween(delay.dividedBy(2), delay);
        }
    }
}
