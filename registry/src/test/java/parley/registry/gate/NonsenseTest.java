package parley.registry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NonsenseTest {
    final Nonsense nonsense = new Nonsense(2, Duration.ofMillis(100));

    @Test
    void isAnsweredAtOnceThenTwiceAsLateEachTimeUpToTheLongest() {
        assertThat(Stream.generate(nonsense::next).limit(7).map(Duration::toMillis))
                .containsExactly(0L, 0L, 20L, 40L, 80L, 100L, 100L);
    }

    @Test
    void isForgivenAtOnce() {
        for (int i = 0; i < 100; i++) nonsense.next();
        nonsense.forgive();
        assertThat(nonsense.next()).isZero();
    }

    @Test
    void anHourOfItStaysAtTheLongest() {
        assertThat(Stream.generate(nonsense::next).skip(5).limit(100_000)).containsOnly(Duration.ofMillis(100));
    }
}
