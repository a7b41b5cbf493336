package parley.peer.delivery;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The keys of {@code parley.peer.modern.delivery}; reference.conf says what they are for.
 *
 * @param mailboxAfter how long a link may take before the mailbox gets it as well
 */
public record DeliverySettings(Duration mailboxAfter, Duration retryMin, Duration retryMax) {
    public static DeliverySettings of(Config section) {
        return new DeliverySettings(
                section.getDuration("mailbox-after"),
                section.getDuration("retry-min"),
                section.getDuration("retry-max"));
    }
}
