package parley.messages.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0:1",
                "10.0.0.7:65535",
                "[::]:1",
                "[::1]:7000",
                "[1::]:7000",
                "[2001:db8::7]:7000",
                "[2001:db8:0:1:1:1:1:1]:7000", // one zero group is written out
                "[2001:0:0:1::1]:7000", // the longer run is left out
                "[2001:db8::1:0:0:1]:7000", // the first of two that are as long
                "[1:2:3:4:5:6:7:8]:7000",
                "[::ffff:1:2:3]:7000"
            })
    void theOneSpellingOfAnAddressIsReadAndWritten(String text) {
        assertThat(PeerAddress.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "10.0.0.7",
                "10.0.0.7:",
                "10.0.0.7:0",
                "10.0.0.7:07",
                "10.0.0.7:65536",
                "10.0.0.7:99999",
                "010.0.0.7:7",
                "10.0.0.256:7",
                "10.0.7:7",
                "localhost:7",
                "::1:7",
                "[::1]",
                "[::1]:0",
                "[1:2:3:4:5:6:7]:7",
                "[1:2:3:4:5:6:7:8:9]:7",
                "[1::2::3]:7",
                "[:::]:7",
                "[:1::]:7",
                "[1:]:7",
                "[::01]:7",
                "[::A]:7",
                "[0:0:0:0:0:0:0:1]:7",
                "[1:2:3:4:5:6:7::]:7", // one group alone is not left out
                "[2001:db8:0:0:1::1]:7", // the second of two that are as long
                "[::ffff:1.2.3.4]:7",
                "[::ffff:102:304]:7", // IPv4 in disguise
                "[fe80::1%eth0]:7"
            })
    void everyOtherSpellingIsRefused(String text) {
        assertThatThrownBy(() -> PeerAddress.parse(text)).isInstanceOf(BadName.class);
    }

    @Test
    void whateverIsWrittenIsReadAgain() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            for (int at = 0; at < bytes.length; at++) if (random.nextInt(3) > 0) bytes[at] = 0;
            var address = new PeerAddress(InetAddress.getByAddress(bytes), 1 + random.nextInt(65_535));
            assertThat(PeerAddress.parse(address.toString()))
                    .as("-Dseed=%d", seed)
                    .isEqualTo(address);
        }
    }

    @Test
    void aZoneIsNoPartOfAnAddress() throws Exception {
        var zoned = java.net.Inet6Address.getByAddress(
                "x", InetAddress.getByName("fe80::1").getAddress(), 3);
        assertThat(new PeerAddress(zoned, 7)).hasToString("[fe80::1]:7");
    }

    @Test
    void anUnspecifiedOneIsReplacedByWhereItIsSeen() throws Exception {
        var given = PeerAddress.parse("[::]:7000");
        assertThat(given.isUnspecified()).isTrue();
        assertThat(given.at(InetAddress.getByName("192.0.2.7"))).hasToString("192.0.2.7:7000");
    }
}
