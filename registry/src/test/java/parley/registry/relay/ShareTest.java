package parley.registry.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShareTest {
    private static final long MIB = 1 << 20;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long HOUR = Duration.ofHours(1).toNanos();

    /** Clocks that are never set may begin anywhere, and pass zero. */
    private static final long BEGAN = -5 * SECOND;

    private final Share share = new Share(
            new RelayLimits(true, Duration.ofSeconds(1), Duration.ofSeconds(1), 100 * MIB, MIB, 2, 10), BEGAN);

    @Test
    void whatPassesIsADebtThatTimePays() {
        assertThat(share.pass((int) MIB, BEGAN)).isEqualTo(SECOND);
        assertThat(share.pass((int) MIB, BEGAN + SECOND)).isEqualTo(SECOND);
        assertThat(share.pass((int) MIB, BEGAN + SECOND)).isEqualTo(2 * SECOND);
    }

    @Test
    void aPauseSavesUpATenthOfASecondAndNoMore() {
        assertThat(share.pass((int) MIB, BEGAN + HOUR)).isEqualTo(SECOND - SECOND / 10);
    }

    @Test
    void whatIsTooMuchForADayUsesItUpAndADayLaterItBeginsAnew() {
        long begins = BEGAN + HOUR;
        assertThat(share.pass((int) MIB, begins)).isNotEqualTo(Share.USED_UP);
        assertThat(share.pass((int) (100 * MIB), begins + HOUR)).isEqualTo(Share.USED_UP);
        assertThat(share.pass(1, begins + HOUR)).isEqualTo(Share.USED_UP);
        assertThat(share.usedUpFor(begins + HOUR)).isEqualTo(Duration.ofHours(23));
        assertThat(share.usedUpFor(begins + 24 * HOUR)).isZero();
        assertThat(share.pass(1, begins + 24 * HOUR)).isNotEqualTo(Share.USED_UP);
    }

    @Test
    void theDayBeginsWithItsFirstByteAndNotBefore() {
        long begins = BEGAN + 23 * HOUR;
        share.pass((int) (100 * MIB), begins);
        assertThat(share.usedUpFor(begins)).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void whoHasAPlaceOrHasUsedSomethingTodayIsNotForgotten() {
        assertThat(share.isForgettable(BEGAN)).isTrue();
        share.begins();
        assertThat(share.isForgettable(BEGAN)).isFalse();
        share.pass(1, BEGAN);
        share.ends();
        assertThat(share.isForgettable(BEGAN + HOUR)).isFalse();
        assertThat(share.isForgettable(BEGAN + 24 * HOUR)).isTrue();
    }
}
