package parley.peer.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import parley.peer.talk.Happening;

class ProgressReportTest {
    static final long PAUSE = Duration.ofMillis(250).toNanos();

    long now;
    final Shown screen = new Shown();
    final ProgressReport report = report();

    private ProgressReport report() {
        return new ProgressReport(screen, () -> now, Happening.Way.OUT, Fixtures.TO_BOB, "pic.bin", 1000);
    }

    @Test
    void itIsToldFourTimesASecondAtMost() {
        for (int i = 0; i < 100; i++) {
            now += PAUSE / 10;
            report.moved(1);
        }
        assertThat(screen.rest()).hasSize(10).first().isInstanceOfSatisfying(Happening.Progress.class, progress -> {
            assertThat(progress.bytes()).isEqualTo(10);
            assertThat(progress.total()).isEqualTo(1000);
            assertThat(progress.way()).isEqualTo(Happening.Way.OUT);
            assertThat(progress.with()).isEqualTo(Fixtures.TO_BOB);
        });
    }

    @Test
    void nothingIsToldWhileTheScreenIsStillAtTheLastOne() {
        screen.standStill();
        for (int i = 0; i < 10; i++) {
            now += PAUSE;
            report.moved(1);
        }
        assertThat(screen.rest()).hasSize(1);
        screen.goOn();
        now += PAUSE;
        report.moved(1);
        assertThat(screen.rest())
                .singleElement()
                .extracting(told -> ((Happening.Progress) told).bytes())
                .isEqualTo(11L);
    }

    @Test
    void transfersAreToldApart() {
        now += PAUSE;
        report.moved(1);
        var other = report();
        now += PAUSE;
        other.moved(1);
        assertThat(screen.rest())
                .extracting(told -> ((Happening.Progress) told).id())
                .doesNotHaveDuplicates()
                .hasSize(2);
    }
}
