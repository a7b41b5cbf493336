package parley.peer.lookup;

import com.typesafe.config.Config;
import java.time.Duration;

/** The keys of {@code parley.peer.lookup}; reference.conf says what they are for. */
public record LookupSettings(
        Duration connectTimeout,
        Duration answerTimeout,
        Duration probeInterval,
        Duration reconnectMin,
        Duration reconnectMax) {

    /** @throws IllegalArgumentException if a time would make us hammer the registry, or never reach it */
    public LookupSettings {
        requirePositive("connect-timeout", connectTimeout);
        requirePositive("answer-timeout", answerTimeout);
        requirePositive("probe-interval", probeInterval);
        requirePositive("reconnect-min", reconnectMin);
        if (reconnectMax.compareTo(reconnectMin) < 0) {
            throw new IllegalArgumentException(
                    "parley.peer.lookup.reconnect-max is %s, expected at least reconnect-min, %s"
                            .formatted(reconnectMax, reconnectMin));
        }
    }

    private static void requirePositive(String key, Duration time) {
        if (time.isPositive()) return;
        throw new IllegalArgumentException("parley.peer.lookup.%s is %s, expected more".formatted(key, time));
    }

    public static LookupSettings of(Config config) {
        return new LookupSettings(
                config.getDuration("connect-timeout"),
                config.getDuration("answer-timeout"),
                config.getDuration("probe-interval"),
                config.getDuration("reconnect-min"),
                config.getDuration("reconnect-max"));
    }
}
