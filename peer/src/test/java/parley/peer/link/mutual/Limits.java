package parley.peer.link.mutual;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;

/** The limits as they ship, and shorter ones for tests that wait for them. */
final class Limits {
    static final LinksSettings SHIPPED = LinksSettings.of(ConfigFactory.load().getConfig("parley.peer.modern.link"));

    static LinksSettings handshake(Duration timeout) {
        return new LinksSettings(
                timeout,
                SHIPPED.pingAfter(),
                SHIPPED.silenceTimeout(),
                SHIPPED.idleTimeout(),
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                SHIPPED.halfOpenMax(),
                SHIPPED.halfOpenPerAddressMax(),
                SHIPPED.halfOpenNearMax(),
                SHIPPED.unansweredBytesMax(),
                SHIPPED.outboundBytesMax());
    }

    static LinksSettings still(Duration pingAfter, Duration silence, Duration idle) {
        return new LinksSettings(
                SHIPPED.handshakeTimeout(),
                pingAfter,
                silence,
                idle,
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                SHIPPED.halfOpenMax(),
                SHIPPED.halfOpenPerAddressMax(),
                SHIPPED.halfOpenNearMax(),
                SHIPPED.unansweredBytesMax(),
                SHIPPED.outboundBytesMax());
    }

    private Limits() {}
}
