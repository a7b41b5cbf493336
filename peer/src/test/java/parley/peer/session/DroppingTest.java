package parley.peer.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.messages.classic.Origin;
import parley.peer.link.Inbox;

class DroppingTest {
    static final Inbox.Dropped ANY =
            new Inbox.Dropped(new InetSocketAddress("10.0.0.9", 4000), Optional.empty(), "no hex", false);

    long now = Long.MAX_VALUE - 5;
    final Dropping dropping = new Dropping(() -> now);

    @Test
    void theLineNamesWhereItCameFromAndWhomItClaimedToBe() {
        assertThat(dropping.report(ANY)).contains("Dropped a link from 10.0.0.9: no hex");
        var bob = new Inbox.Dropped(ANY.from(), Optional.of(new Origin.User(Fixtures.BOB)), "no hex", false);
        assertThat(dropping.report(bob)).contains("Dropped a link from 10.0.0.9, who says to be bob: no hex");
        var team = new Inbox.Dropped(ANY.from(), Optional.of(new Origin.Group(Fixtures.TEAM)), "no hex", false);
        assertThat(dropping.report(team)).contains("Dropped a link from 10.0.0.9, for group team: no hex");
    }

    @Test
    void aFloodIsTenLinesAMinuteAndThenANumber() {
        for (int i = 0; i < 1000; i++) {
            assertThat(shown()).isEqualTo(i < Dropping.LINES_MAX);
        }
        now += Dropping.WINDOW.toNanos() - 1;
        assertThat(shown()).isFalse();
        now += 1;
        assertThat(dropping.report(ANY)).contains("Dropped a link from 10.0.0.9: no hex (and 991 more before it)");
        assertThat(dropping.report(ANY)).contains("Dropped a link from 10.0.0.9: no hex");
    }

    @Test
    void linesThatNobodyHasSeenYetAreNotAddedTo() {
        for (int minute = 0; minute < 100; minute++) {
            for (int i = 0; i < 5; i++)
                assertThat(dropping.report(ANY).isPresent()).isEqualTo(minute < 2);
            now += Dropping.WINDOW.toNanos();
        }
        dropping.shown();
        assertThat(dropping.report(ANY)).isPresent();
        assertThat(dropping.report(ANY)).isEmpty();
    }

    private boolean shown() {
        var line = dropping.report(ANY);
        if (line.isPresent()) dropping.shown();
        return line.isPresent();
    }
}
