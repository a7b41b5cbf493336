package parley.peer.lookup.relay;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Keys of {@code parley.peer.modern}; reference.conf says what they are for.
 *
 * @param handshakeTimeout for the connection, and again for TLS
 * @param answerTimeout for the other one to come, and the registry to say so
 */
public record RelaySettings(Duration handshakeTimeout, Duration answerTimeout) {
    /** @throws IllegalArgumentException if a time is not positive */
    public RelaySettings {
        requirePositive("registry.handshake-timeout", handshakeTimeout);
        requirePositive("relay.answer-timeout", answerTimeout);
    }

    /** @param section {@code parley.peer.modern} */
    public static RelaySettings of(Config section) {
        return new RelaySettings(
                section.getDuration("registry.handshake-timeout"), section.getDuration("relay.answer-timeout"));
    }

    private static void requirePositive(String key, Duration time) {
        if (time.isPositive()) return;
        throw new IllegalArgumentException("parley.peer.modern.%s is %s, expected more".formatted(key, time));
    }
}
