package parley.registry.gate.modern;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SignUpRateTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final SignUpRate rate = new SignUpRate(PeerProbe.LIMITS, new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void anAddressHasTwentyAnHour() throws Exception {
        for (int i = 0; i < 20; i++) assertThat(rate.attempt(at("192.0.2.1"))).isEmpty();
        assertThat(rate.attempt(at("192.0.2.1"))).contains(HOUR);
        assertThat(rate.attempt(at("192.0.2.2"))).isEmpty();
        now = now.plus(Duration.ofMinutes(59));
        assertThat(rate.attempt(at("192.0.2.1"))).contains(Duration.ofMinutes(1));
        now = now.plus(Duration.ofMinutes(1));
        for (int i = 0; i < 20; i++) assertThat(rate.attempt(at("192.0.2.1"))).isEmpty();
        assertThat(rate.attempt(at("192.0.2.1"))).isPresent();
    }

    @Test
    void aLabBehindOneAddressHasMore() throws Exception {
        for (int i = 0; i < 256; i++) assertThat(rate.attempt(at("10.0.0.1"))).isEmpty();
        assertThat(rate.attempt(at("10.0.0.1"))).isPresent();
    }

    @Test
    void aNetworkOfIpv6CountsAsOneAddress() throws Exception {
        for (int i = 0; i < 20; i++)
            assertThat(rate.attempt(at("2001:db8:0:1::" + i))).isEmpty();
        assertThat(rate.attempt(at("2001:db8:0:1:ffff::"))).isPresent();
        assertThat(rate.attempt(at("2001:db8:0:2::"))).isEmpty();
    }

    @Test
    void aClockThatIsSetBackKeepsNobodyWaitingForLonger() throws Exception {
        for (int i = 0; i < 20; i++) rate.attempt(at("192.0.2.1"));
        now = now.minus(Duration.ofDays(1));
        assertThat(rate.attempt(at("192.0.2.1"))).isEmpty();
    }

    private static InetAddress at(String address) throws Exception {
        return InetAddress.getByName(address);
    }
}
