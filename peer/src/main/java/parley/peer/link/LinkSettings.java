package parley.peer.link;

import com.typesafe.config.Config;
import java.time.Duration;

/** The limits of links; what each means and why is in {@code reference.conf}, {@code parley.peer.link}. */
public record LinkSettings(
        Duration quietPeriod,
        Duration dialTimeout,
        Duration handshakeTimeout,
        Duration silenceTimeout,
        Duration drainTimeout,
        int inboundMax,
        int inboundPerAddressMax) {
    /** @param section {@code parley.peer.link} */
    public static LinkSettings from(Config section) {
        return new LinkSettings(
                section.getDuration("quiet-period"),
                section.getDuration("dial-timeout"),
                section.getDuration("handshake-timeout"),
                section.getDuration("silence-timeout"),
                section.getDuration("drain-timeout"),
                section.getInt("inbound-max"),
                section.getInt("inbound-per-address-max"));
    }
}
