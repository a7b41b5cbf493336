package parley.peer.link.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messages.name.PeerAddress;

/** Port 0 is no address at all: see PeerAddress. */
class NeverDialledTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:22,loopback",
        "127.255.255.254:80,loopback",
        "[::1]:80,loopback",
        "0.0.0.0:80,unspecified",
        "0.1.2.3:80,unspecified",
        "[::]:80,unspecified",
        "[::7f00:1]:80,unspecified",
        "224.0.0.1:80,multicast",
        "239.255.255.250:1900,multicast",
        "[ff02::1]:80,multicast",
        "[ff0e::fb]:80,multicast",
        "169.254.169.254:80,link-local",
        "[fe80::1]:80,link-local",
        "[febf::1]:80,link-local",
        "255.255.255.255:80,broadcast",
        "240.0.0.1:80,broadcast"
    })
    void theseAreNeverDialled(String address, String why) {
        assertThat(NeverDialled.why(PeerAddress.parse(address), false))
                .hasValueSatisfying(reason -> assertThat(reason).contains(address, why));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.7:80",
                "192.168.1.1:1",
                "172.16.0.1:80",
                "100.64.0.1:80",
                "1.1.1.1:65535",
                "223.255.255.255:80",
                "169.253.1.1:80",
                "[2001:db8::7]:80",
                "[fd00::1]:80",
                "[64:ff9b::a00:7]:80"
            })
    void theseAre(String address) {
        assertThat(NeverDialled.why(PeerAddress.parse(address), false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:22", "[::1]:80"})
    void loopbackIsWhereTheRegistryIsToo(String address) {
        assertThat(NeverDialled.why(PeerAddress.parse(address), true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:80", "[::]:80", "224.0.0.1:80", "169.254.1.1:80", "255.255.255.255:80"})
    void noRegistryHelpsTheOthers(String address) {
        assertThat(NeverDialled.why(PeerAddress.parse(address), true)).isNotEmpty();
    }
}
