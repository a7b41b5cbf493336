package parley.messages.classic;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client may write a request and its newline apart, further than the quiet period. */
class LateNewlineTest {
    final RequestFramer framer = new RequestFramer();

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void endsTheRequestThatQuietTook(String newline) {
        add("client_info:bob");
        assertThat(framer.quiet()).isEqualTo(bytes("client_info:bob"));
        add(newline + "list\n");
        assertThat(framer.next()).isEqualTo(bytes("list"));
        assertThat(framer.next()).isNull();
    }

    @Test
    void endsTheWordThatWasTakenAtItsLastLetter() {
        add("list");
        assertThat(framer.next()).isEqualTo(bytes("list"));
        add("\n");
        assertThat(framer.next()).isNull();
        assertThat(framer.awaitsQuiet()).isFalse();
    }

    @Test
    void isARequestOfItsOwnOnlyWhenItComesTwice() {
        add("client_info:bob");
        framer.quiet();
        add("\n\n");
        assertThat(framer.next()).isEqualTo(bytes(""));
        assertThat(framer.next()).isNull();
    }

    private void add(String text) {
        framer.add(bytes(text));
    }

    private static ByteString bytes(String text) {
        return ByteString.fromString(text);
    }
}
