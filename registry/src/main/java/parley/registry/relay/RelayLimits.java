package parley.registry.relay;

import java.time.Duration;
import parley.messages.settings.Settings;

/**
 * What relaying may cost. Each is a key below {@code parley.registry.relay}, where {@code reference.conf} gives its
 * reason.
 */
public record RelayLimits(
        boolean enabled,
        Duration waiting,
        Duration silence,
        long bytesADay,
        long bytesASecond,
        int atOnce,
        int relays) {

    private static final String RELAY = "parley.registry.relay.";

    /** @throws parley.messages.settings.BadSettings if one is out of range */
    public static RelayLimits from(Settings settings) {
        return new RelayLimits(
                settings.on(RELAY + "enabled"),
                settings.time(RELAY + "wait"),
                settings.time(RELAY + "silence"),
                settings.bytes(RELAY + "bytes-a-day", 1L, Long.MAX_VALUE),
                settings.bytes(RELAY + "bytes-a-second", 1L, Long.MAX_VALUE),
                settings.count(RELAY + "at-once", 1, 1_000_000),
                settings.count(RELAY + "relays", 1, 1_000_000));
    }
}
