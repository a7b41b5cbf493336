package parley.registry.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.messages.name.UserName;
import parley.registry.InMemory;
import parley.registry.journal.Retention;

class SignInThrottleTest {
    static final ActorTestKit kit = ActorTestKit.create(InMemory.config());
    private static final UserName ALICE = new UserName("alice");
    private static final SignInRules RULES =
            new SignInRules(5, Duration.ofSeconds(1), Duration.ofMinutes(15), 3, Duration.ofHours(24));

    private final MovedClock clock = new MovedClock();
    private final String source = UUID.randomUUID().toString();
    private ActorRef<SignInThrottle.Command> throttle = started();

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void fiveAttemptsGoOnAndTheSixthWaits() {
        for (int i = 0; i < 5; i++) wrong();
        assertThat(attempt()).isEqualTo(new SignInThrottle.Wait(Duration.ofSeconds(1)));
        clock.move(Duration.ofMillis(999));
        assertThat(attempt()).as("rounded up").isEqualTo(new SignInThrottle.Wait(Duration.ofSeconds(1)));
        clock.move(Duration.ofMillis(1));
        wrong();
        assertThat(attempt()).isEqualTo(new SignInThrottle.Wait(Duration.ofSeconds(2)));
    }

    @Test
    void aHundredAtOnceAreNoMoreThanFive() {
        for (int i = 0; i < 5; i++) assertThat(attempt()).isEqualTo(new SignInThrottle.Go("alice"));
        for (int i = 0; i < 95; i++) assertThat(attempt()).isInstanceOf(SignInThrottle.Wait.class);
    }

    @Test
    void anAttemptThatWasWithdrawnIsAsIfItHadNotBeen() {
        for (int i = 0; i < 20; i++) {
            assertThat(attempt()).isEqualTo(new SignInThrottle.Go("alice"));
            throttle.tell(new SignInThrottle.Withdrawn("alice"));
        }
    }

    @Test
    void aSuccessForgets() {
        for (int i = 0; i < 5; i++) wrong();
        clock.move(Duration.ofSeconds(1));
        assertThat(attempt()).isEqualTo(new SignInThrottle.Go("alice"));
        throttle.tell(new SignInThrottle.Succeeded("alice"));
        for (int i = 0; i < 5; i++) wrong();
    }

    /** With a snapshot every second event, so that both ways of remembering are tried. */
    @Test
    void whatWasCountedOutlivesTheActor() {
        for (int i = 0; i < 5; i++) wrong();
        kit.stop(throttle);
        throttle = started();
        assertThat(attempt()).isEqualTo(new SignInThrottle.Wait(Duration.ofSeconds(1)));
    }

    private void wrong() {
        assertThat(attempt()).isEqualTo(new SignInThrottle.Go("alice"));
        var noted = kit.<SignInThrottle.Noted>createTestProbe();
        throttle.tell(new SignInThrottle.Failed("alice", noted.ref()));
        noted.receiveMessage();
    }

    private SignInThrottle.Clearance attempt() {
        var answer = kit.<SignInThrottle.Clearance>createTestProbe();
        throttle.tell(new SignInThrottle.Attempt(ALICE, answer.ref()));
        return answer.receiveMessage();
    }

    private ActorRef<SignInThrottle.Command> started() {
        return kit.spawn(SignInThrottle.create(source, RULES, new Retention(2, 2), clock));
    }
}
