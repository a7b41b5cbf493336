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

    public static LookupSettings of(Config config) {
        return new LookupSettings(
                config.getDuration("connect-timeout"),
                config.getDuration("answer-timeout"),
                config.getDuration("probe-interval"),
                config.getDuration("reconnect-min"),
                config.getDuration("reconnect-max"));
    }
}
