package parley.registry.gate;

import java.time.Duration;
import parley.messages.settings.Settings;

/**
 * What a connection may do and cost. Each is a key below {@code parley.registry.classic}, where {@code reference.conf}
 * gives its reason.
 */
public record GateLimits(
        Duration quietPeriod,
        Duration firstRequest,
        Duration answer,
        int nonsenseAllowed,
        Duration nonsenseDelayMax,
        int strangers,
        int strangersNearby,
        int connections) {

    private static final String CLASSIC = "parley.registry.classic.";

    /** @throws parley.messages.settings.BadSettings if one is out of range */
    public static GateLimits from(Settings settings) {
        return new GateLimits(
                settings.time(CLASSIC + "quiet-period"),
                settings.time(CLASSIC + "first-request"),
                settings.time(CLASSIC + "answer"),
                settings.count(CLASSIC + "nonsense-allowed", 0, 1_000_000),
                settings.time(CLASSIC + "nonsense-delay-max"),
                settings.count(CLASSIC + "strangers", 1, 1_000_000),
                settings.count(CLASSIC + "strangers-nearby", 1, 1_000_000),
                settings.count(CLASSIC + "connections", 1, 1_000_000));
    }
}
