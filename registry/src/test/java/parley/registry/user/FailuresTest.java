package parley.registry.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.messages.name.UserName;
import parley.registry.journal.ThrottleEvent;

class FailuresTest {
    private static final SignInRules RULES =
            new SignInRules(5, Duration.ofSeconds(1), Duration.ofMinutes(15), 3, Duration.ofHours(24));
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    @Test
    void fiveAreFreeAndThenTheDelayDoublesToAQuarterOfAnHour() {
        var failures = Failures.NONE;
        for (int wrong = 0; wrong < 5; wrong++) {
            assertThat(failures.pause("alice", 0, RULES, NOON)).isZero();
            failures = wrong(failures, "alice", NOON);
        }
        for (int seconds : List.of(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900)) {
            assertThat(failures.pause("alice", 0, RULES, NOON)).hasSeconds(seconds);
            failures = wrong(failures, "alice", NOON);
        }
    }

    @Test
    void theDelayRunsFromTheLastFailureAndEnds() {
        var failures = wrong(Failures.NONE, "alice", NOON, 6);
        assertThat(failures.pause("alice", 0, RULES, NOON.plusMillis(500))).hasMillis(1_500);
        assertThat(failures.pause("alice", 0, RULES, NOON.plusSeconds(2))).isZero();
    }

    @Test
    void oneAccountsFailuresAreNotAnothers() {
        var failures = wrong(Failures.NONE, "alice", NOON, 9);
        assertThat(failures.pause("bob", 0, RULES, NOON)).isZero();
    }

    @Test
    void attemptsInFlightCountAsIfTheyHadFailed() {
        assertThat(Failures.NONE.pause("alice", 4, RULES, NOON)).isZero();
        assertThat(Failures.NONE.pause("alice", 5, RULES, NOON)).hasSeconds(1);
        var failures = wrong(Failures.NONE, "alice", NOON, 6);
        assertThat(failures.pause("alice", 1, RULES, NOON.plusSeconds(60)))
                .as("one at a time after the free ones")
                .isPositive();
    }

    @Test
    void aRightPasswordForgetsThemAll() {
        var failures = wrong(Failures.NONE, "alice", NOON, 9);
        for (var event : failures.succeeded("alice")) failures = failures.with(event);
        assertThat(failures).isEqualTo(Failures.NONE);
        assertThat(Failures.NONE.succeeded("alice"))
                .as("and writes nothing where there were none")
                .isEmpty();
    }

    @Test
    void aClockPutBackKeepsNobodyOutForLongerThanTheRules() {
        var failures = wrong(Failures.NONE, "alice", NOON, 7);
        assertThat(failures.pause("alice", 0, RULES, NOON.minus(Duration.ofDays(3650))))
                .hasSeconds(4);
    }

    @Test
    void aDayLaterTheCountStartsAnew() {
        var failures = wrong(Failures.NONE, "alice", NOON, 9);
        var tomorrow = NOON.plus(Duration.ofHours(24));
        assertThat(failures.pause("alice", 0, RULES, tomorrow)).isZero();
        failures = wrong(failures, "alice", tomorrow);
        assertThat(failures.counts().get("alice")).isEqualTo(new Failures.Count(1, tomorrow));
    }

    @Test
    void inventedNamesCannotPushOutARealOne() {
        var failures = wrong(Failures.NONE, "alice", NOON, 9);
        for (int i = 0; i < 100; i++) failures = wrong(failures, "invented" + i, NOON.plusSeconds(i));
        assertThat(failures.counts())
                .as("three accounts and what the others share")
                .hasSize(4);
        assertThat(failures.counts().get("alice")).isEqualTo(new Failures.Count(9, NOON));
    }

    @Test
    void namesBeyondTheLimitShareOneCount() {
        var failures = Failures.NONE;
        for (int i = 0; i < 8; i++) failures = wrong(failures, "invented" + i, NOON);
        var slot = failures.slot(new UserName("bob"), RULES, NOON);
        assertThat(slot).isEqualTo(Failures.OTHERS);
        assertThat(failures.pause(slot, 0, RULES, NOON)).hasSeconds(1);
        assertThat(failures.succeeded(slot))
                .as("which no single right password forgets")
                .isEmpty();
    }

    @Test
    void anOldCountMakesRoom() {
        var failures = wrong(Failures.NONE, "alice", NOON);
        failures = wrong(failures, "bob", NOON.plusSeconds(1));
        failures = wrong(failures, "carol", NOON.plusSeconds(2));
        failures = wrong(failures, "dave", NOON.plus(Duration.ofHours(25)));
        assertThat(failures.counts()).containsOnlyKeys("bob", "carol", "dave");
    }

    @Test
    void aSlotThatWasTakenMeanwhileIsChargedToTheOthers() {
        var failures = Failures.NONE;
        for (var name : List.of("alice", "bob", "carol")) failures = wrong(failures, name, NOON);
        assertThat(failures.failed("dave", RULES, NOON))
                .containsExactly(new ThrottleEvent.Failed(Failures.OTHERS, NOON.toEpochMilli()));
    }

    @Test
    void aSnapshotHoldsEverything() {
        var failures = wrong(wrong(Failures.NONE, "alice", NOON, 7), "bob", NOON);
        assertThat(Failures.of(failures.snapshot())).isEqualTo(failures);
    }

    private static Failures wrong(Failures failures, String account, Instant at) {
        return wrong(failures, account, at, 1);
    }

    private static Failures wrong(Failures failures, String account, Instant at, int times) {
        var next = failures;
        for (int i = 0; i < times; i++) {
            var slot = next.slot(new UserName(account), RULES, at);
            for (var event : next.failed(slot, RULES, at)) next = next.with(event);
        }
        return next;
    }
}
