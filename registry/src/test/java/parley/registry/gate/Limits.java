package parley.registry.gate;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;

/** The limits that tests change one of. */
final class Limits {
    /** The stream test kit stops at an older version than Pekko. A busy machine is no failure. */
    static final Config TESTKIT =
            ConfigFactory.parseString("pekko { fail-mixed-versions = off, test.single-expect-default = 10 s }");

    static final GateLimits DEFAULTS = new GateLimits(
            Duration.ofMillis(20),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            10,
            Duration.ofSeconds(1),
            16,
            256,
            20_000);

    static GateLimits quietPeriod(Duration quiet) {
        return with(quiet, DEFAULTS.firstRequest(), DEFAULTS.answer());
    }

    static GateLimits firstRequest(Duration within) {
        return with(DEFAULTS.quietPeriod(), within, DEFAULTS.answer());
    }

    static GateLimits answer(Duration within) {
        return with(DEFAULTS.quietPeriod(), DEFAULTS.firstRequest(), within);
    }

    static GateLimits admitting(int strangers, int strangersNearby, int connections) {
        return new GateLimits(
                DEFAULTS.quietPeriod(),
                DEFAULTS.firstRequest(),
                DEFAULTS.answer(),
                DEFAULTS.nonsenseAllowed(),
                DEFAULTS.nonsenseDelayMax(),
                strangers,
                strangersNearby,
                connections);
    }

    static Door door(GateLimits limits) {
        return new Door(limits.strangers(), limits.strangersNearby(), limits.connections());
    }

    private static GateLimits with(Duration quiet, Duration firstRequest, Duration answer) {
        return new GateLimits(quiet, firstRequest, answer, 10, Duration.ofSeconds(1), 16, 256, 20_000);
    }

    private Limits() {}
}
