package parley.registry.gate.modern;

import java.time.Duration;
import parley.messages.settings.Settings;

/**
 * What a modern connection may do and cost. Each is a key below {@code parley.registry.modern}, where {@code
 * reference.conf} gives its reason.
 */
public record ModernLimits(
        Duration handshake,
        Duration firstRequest,
        Duration answer,
        int strangers,
        int strangersNearby,
        int connections,
        int signUpsAnHour,
        int signUpsAnHourNearby) {

    private static final String MODERN = "parley.registry.modern.";

    /** @throws parley.messages.settings.BadSettings if one is out of range */
    public static ModernLimits from(Settings settings) {
        return new ModernLimits(
                settings.time(MODERN + "handshake"),
                settings.time(MODERN + "first-request"),
                settings.time(MODERN + "answer"),
                settings.count(MODERN + "strangers", 1, 1_000_000),
                settings.count(MODERN + "strangers-nearby", 1, 1_000_000),
                settings.count(MODERN + "connections", 1, 1_000_000),
                settings.count(MODERN + "sign-ups-an-hour", 1, 1_000_000),
                settings.count(MODERN + "sign-ups-an-hour-nearby", 1, 1_000_000));
    }
}
