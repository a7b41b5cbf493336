package parley.peer.link.mutual;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.peer.link.mutual.Stillness.Verdict.FINE;
import static parley.peer.link.mutual.Stillness.Verdict.IDLE;
import static parley.peer.link.mutual.Stillness.Verdict.PING;
import static parley.peer.link.mutual.Stillness.Verdict.SILENT;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** With a clock that is turned by hand, and begins anywhere. */
class StillnessTest {
    private static final long BEGIN = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(45);
    private final Stillness link = new Stillness(Limits.SHIPPED, BEGIN);

    @Test
    void afterThirtySecondsOfSilenceOnePingGoesOut() {
        assertThat(link.look(at(29), true)).isEqualTo(FINE);
        assertThat(link.look(at(30), true)).isEqualTo(PING);
        assertThat(link.look(at(31), true)).isEqualTo(FINE);
        assertThat(link.look(at(59), true)).isEqualTo(FINE);
    }

    @Test
    void afterSixtySecondsNobodyIsThere() {
        link.look(at(30), true);
        assertThat(link.look(at(60), true)).isEqualTo(SILENT);
    }

    @Test
    void whateverIsHeardBeginsAnew() {
        link.look(at(30), true);
        link.heard(at(40));
        assertThat(link.look(at(69), true)).isEqualTo(FINE);
        assertThat(link.look(at(70), true)).isEqualTo(PING);
        assertThat(link.look(at(99), true)).isEqualTo(FINE);
        assertThat(link.look(at(100), true)).isEqualTo(SILENT);
    }

    @Test
    void whoDoesNotListenDoesNotComplainOfSilence() {
        assertThat(link.look(at(59), false)).isEqualTo(FINE);
        assertThat(link.look(at(61), true)).isEqualTo(FINE);
        assertThat(link.look(at(89), true)).isEqualTo(PING);
    }

    @Test
    void onlyWhatIsNoPingKeepsItOpenForLong() {
        for (int second = 10; second < 600; second += 10) {
            link.heard(at(second));
            assertThat(link.look(at(second), true)).isEqualTo(FINE);
        }
        link.heard(at(600));
        assertThat(link.look(at(600), true)).isEqualTo(IDLE);
        link.used(at(600));
        assertThat(link.look(at(601), true)).isEqualTo(FINE);
    }

    private static long at(int seconds) {
        return BEGIN + TimeUnit.SECONDS.toNanos(seconds);
    }
}
