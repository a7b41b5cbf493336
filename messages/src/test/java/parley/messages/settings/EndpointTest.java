package parley.messages.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:7300, 127.0.0.1, 7300",
        "localhost:0, localhost, 0",
        "[::1]:65535, ::1, 65535",
        "[fe80::1%eth0]:1, fe80::1%eth0, 1"
    })
    void isReadAndWritten(String text, String host, int port) {
        assertThat(Endpoint.parse(text)).contains(new Endpoint(host, port));
        assertThat(new Endpoint(host, port)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7300",
                ":7300",
                "127.0.0.1",
                "127.0.0.1:",
                "h:65536",
                "h:-1",
                "h:x",
                "::1:7300",
                "a b:1",
                "h:٧"
            })
    void whatIsNoneIsRefused(String text) {
        assertThat(Endpoint.parse(text)).isEmpty();
    }
}
