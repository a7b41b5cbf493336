package parley.peer.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerSettingsTest {
    private static PeerSettings shipped(Map<String, String> given) {
        var places = Map.of("registry", "127.0.0.1:7300", "listen", "127.0.0.1:0", "downloads", "/tmp/downloads");
        return PeerSettings.of(ConfigFactory.parseMap(given)
                .withFallback(ConfigFactory.parseMap(places))
                .withFallback(ConfigFactory.load().getConfig("parley.peer")));
    }

    /** Each of these waits for the one before it, and says better why there is no answer. */
    @Test
    void theDefaultsFitTogether() {
        var settings = shipped(Map.of());
        assertThat(settings.lookup().answerTimeout().multipliedBy(2)).isLessThan(Cipher.PATIENCE);
        assertThat(settings.link().drainTimeout())
                .isLessThan(settings.stopTimeout().multipliedBy(2).dividedBy(Leaving.PARTS));
        // What EXIT waits for its turn, and then the end itself.
        assertThat(settings.stopTimeout().plus(settings.stopTimeout().dividedBy(Leaving.PARTS)))
                .isLessThan(Duration.ofSeconds(2));
        assertThat(Turnstile.PLACES).isGreaterThan(settings.link().inboundMax());
    }

    @Test
    void namesAreNotLookedUpBeforeTheyAreNeeded() {
        var settings = shipped(Map.of("registry", "registry.example:7300"));
        assertThat(settings.registry()).isEqualTo(InetSocketAddress.createUnresolved("registry.example", 7300));
        assertThat(settings.registry().isUnresolved()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "host", "host:", ":7300", "host:0", "host:65536", "host:-1", "host:x"})
    void whatIsNoAddressOfARegistryIsRefused(String text) {
        assertThatThrownBy(() -> shipped(Map.of("registry", text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Bad address %s, expected HOST:PORT", text);
    }

    @Test
    void anyFreePortIsAPortToListenOn() {
        assertThat(shipped(Map.of("listen", "127.0.0.1:0")).listen().getPort()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"lookup.reconnect-min, 0 s", "lookup.answer-timeout, 0 s", "lookup.reconnect-min, 1 h"})
    void timesThatWouldHammerTheRegistryAreRefused(String key, String value) {
        assertThatThrownBy(() -> shipped(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }
}
