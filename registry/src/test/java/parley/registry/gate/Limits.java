package parley.registry.gate;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;

/** The limits that tests change one of. */
final class Limits {
    /** The stream test kit stops at an older version than Pekko. */
    static final Config TESTKIT = ConfigFactory.parseString("pekko.fail-mixed-versions = off");

    static GateLimits loose() {
        return new GateLimits(
                Duration.ofMillis(20),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                10,
                Duration.ofSeconds(1),
                16,
                256,
                20_000);
    }

    private Limits() {}
}
