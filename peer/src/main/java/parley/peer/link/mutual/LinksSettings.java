package parley.peer.link.mutual;

import com.typesafe.config.Config;
import java.time.Duration;

/** The limits of modern links; what each means and why is in {@code reference.conf}, {@code parley.peer.modern.link}. */
public record LinksSettings(
        Duration handshakeTimeout,
        Duration pingAfter,
        Duration silenceTimeout,
        Duration idleTimeout,
        Duration redialMin,
        Duration redialMax,
        int halfOpenMax,
        int halfOpenPerAddressMax,
        int halfOpenNearMax,
        long unansweredBytesMax,
        long outboundBytesMax) {
    /** @param section {@code parley.peer.modern.link} */
    public static LinksSettings of(Config section) {
        return new LinksSettings(
                section.getDuration("handshake-timeout"),
                section.getDuration("ping-after"),
                section.getDuration("silence-timeout"),
                section.getDuration("idle-timeout"),
                section.getDuration("redial-min"),
                section.getDuration("redial-max"),
                section.getInt("half-open-max"),
                section.getInt("half-open-per-address-max"),
                section.getInt("half-open-near-max"),
                section.getBytes("unanswered-max"),
                section.getBytes("outbound-max"));
    }
}
