package parley.registry.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    private final InFlight inFlight = new InFlight();

    @Test
    void anAttemptCountsUntilItEnds() {
        inFlight.begin("alice", NOON);
        inFlight.begin("alice", NOON);
        assertThat(inFlight.count("alice", NOON)).isEqualTo(2);
        assertThat(inFlight.count("bob", NOON)).isZero();
        inFlight.end("alice");
        assertThat(inFlight.count("alice", NOON)).isEqualTo(1);
        inFlight.end("alice");
        assertThat(inFlight.count("alice", NOON)).isZero();
    }

    @Test
    void anAttemptThatNobodyEndsIsGoneAfterAWhile() {
        inFlight.begin("alice", NOON);
        assertThat(inFlight.count("alice", NOON.plus(InFlight.ATTEMPT_LASTS_MAX)))
                .isEqualTo(1);
        assertThat(inFlight.count("alice", NOON.plus(InFlight.ATTEMPT_LASTS_MAX).plusMillis(1)))
                .isZero();
        inFlight.end("alice");
    }
}
