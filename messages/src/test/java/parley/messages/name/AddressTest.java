package parley.messages.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7:41233", "127.0.0.1:1", "255.255.255.255:65535", "0.0.0.0:80"})
    void whatIsReadIsWrittenTheSame(String text) {
        assertThat(Address.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.7",
                "10.0.0.7:",
                ":80",
                "10.0.0.7:0",
                "10.0.0.7:65536",
                "10.0.0.7:99999",
                "10.0.0.7:100000",
                "10.0.0.7:-1",
                "10.0.0.7:+1",
                "256.0.0.1:80",
                "1000.0.0.1:80",
                "10.0.7:80",
                "10.0.0.7.1:80",
                "10..0.7:80",
                ".10.0.7:80",
                "10.0.0.7.:80",
                "010.0.0.7:80",
                "00.0.0.0:80",
                "٣.0.0.7:80",
                "10.0.0.7:٣",
                "10.0.0.7: 80",
                " 10.0.0.7:80",
                "10.0.0.7:80\n",
                "10.0.0.7:80:81",
                "localhost:80",
                "evil.example:80",
                "[::1]:80",
                "::1:80",
                "0x7f.0.0.1:80",
                "2130706433:80"
            })
    void whatCannotBeDialledAsItStandsIsRefused(String text) {
        assertThatThrownBy(() -> Address.parse(text))
                .isInstanceOf(BadName.class)
                .hasMessage("Bad address, expected an IPv4 address, a colon and a port of 1 to 65535");
    }

    @Test
    void anAddressMadeFromPartsKeepsTheSameRules() {
        assertThat(new Address("10.0.0.7", 80)).isEqualTo(Address.parse("10.0.0.7:80"));
        assertThatThrownBy(() -> new Address("localhost", 80)).isInstanceOf(BadName.class);
        assertThatThrownBy(() -> new Address("01.2.3.4", 80)).isInstanceOf(BadName.class);
        assertThatThrownBy(() -> new Address("1.2.3.4", 0)).isInstanceOf(BadName.class);
        assertThatThrownBy(() -> new Address("1.2.3.4", 65_536)).isInstanceOf(BadName.class);
    }

    @Test
    void leadingZerosOfAPortAreOnlyAnotherSpelling() {
        assertThat(Address.parse("10.0.0.7:00080")).isEqualTo(new Address("10.0.0.7", 80));
    }
}
