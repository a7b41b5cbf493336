package parley.peer.lookup.directory;

import com.typesafe.config.Config;
import java.time.Duration;

/** The keys of {@code parley.peer.modern.registry}; reference.conf says what they are for. */
public record DirectorySettings(
        Duration handshakeTimeout,
        Duration answerTimeout,
        Duration probeInterval,
        Duration reconnectMin,
        Duration reconnectMax,
        Duration wrongKeyRetry) {

    /** @throws IllegalArgumentException if a time would make us hammer the registry, or never reach it */
    public DirectorySettings {
        requirePositive("handshake-timeout", handshakeTimeout);
        requirePositive("answer-timeout", answerTimeout);
        requirePositive("probe-interval", probeInterval);
        requirePositive("reconnect-min", reconnectMin);
        requireAtLeast("reconnect-max", reconnectMax, "reconnect-min", reconnectMin);
        requireAtLeast("wrong-key-retry", wrongKeyRetry, "reconnect-max", reconnectMax);
    }

    /** @param section {@code parley.peer.modern.registry} */
    public static DirectorySettings of(Config section) {
        return new DirectorySettings(
                section.getDuration("handshake-timeout"),
                section.getDuration("answer-timeout"),
                section.getDuration("probe-interval"),
                section.getDuration("reconnect-min"),
                section.getDuration("reconnect-max"),
                section.getDuration("wrong-key-retry"));
    }

    private static void requirePositive(String key, Duration time) {
        if (time.isPositive()) return;
        throw new IllegalArgumentException("parley.peer.modern.registry.%s is %s, expected more".formatted(key, time));
    }

    private static void requireAtLeast(String key, Duration time, String lower, Duration least) {
        if (time.compareTo(least) >= 0) return;
        throw new IllegalArgumentException(
                "parley.peer.modern.registry.%s is %s, expected at least %s, %s".formatted(key, time, lower, least));
    }
}
