package parley.peer.link;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;

/** The limits as they ship, and shorter ones for tests that wait for them. */
final class Limits {
    static final LinkSettings SHIPPED = LinkSettings.from(ConfigFactory.load().getConfig("parley.peer.link"));

    static final LinkSettings SHORT = new LinkSettings(
            SHIPPED.quietPeriod(),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            SHIPPED.inboundMax(),
            SHIPPED.inboundPerAddressMax());

    private Limits() {}
}
