package parley.messages.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.messages.classic.Expected.Patience.BRIEF;
import static parley.messages.classic.Expected.Patience.QUIET;
import static parley.messages.classic.Expected.Patience.TOO_LONG;
import static parley.messages.classic.Expected.Patience.WHOLE;

import java.util.stream.IntStream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

class ExpectedTest {
    @ParameterizedTest
    @EnumSource
    void nothingIsNeverAWholeMessage(Expected expected) {
        assertThat(expected.patience(ByteString.emptyByteString())).isEqualTo(QUIET);
    }

    @ParameterizedTest
    @EnumSource
    void endlessInputIsRefusedByWhateverIsExpected(Expected expected) {
        for (var endless : new String[] {"x", "0", "dhk:1", "send_iv", "bob:client_sending:False::1:"}) {
            assertThat(expected.patience(text(endless.repeat(4_097)))).isEqualTo(TOO_LONG);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PUBLIC_VALUE", "OPENING"})
    void aPublicValueIsAsPatientAsItsDigitsAreFew(Expected expected) {
        IntStream.rangeClosed(0, 930)
                .forEach(digits -> assertThat(expected.patience(text("dhk:" + "7".repeat(digits))))
                        .as("%d digits", digits)
                        .isEqualTo(digits < 900 ? QUIET : digits < 925 ? BRIEF : digits == 925 ? WHOLE : TOO_LONG));
    }

    @Test
    void theTextOfAGroupCalledDhkIsNoPublicValue() {
        var text = new PeerMessage.Text(new Origin.Group(new GroupName("dhk")), 480, text("0".repeat(960)));
        assertThat(Expected.OPENING.patience(PeerCodec.encode(text))).isEqualTo(WHOLE);
        assertThat(Expected.OPENING.patience(PeerCodec.encode(text).dropRight(1)))
                .isEqualTo(QUIET);
    }

    @ParameterizedTest
    @EnumSource(names = {"HEADER", "OPENING"})
    void aTextIsWholeAtItsLastDigitAndNeverBeforeItsLengthSaysSo(Expected expected) {
        var seeded = new Seeded();
        for (int round = 0; round < 500; round++) {
            var text = seeded.text();
            var bytes = PeerCodec.encode(text);
            assertThat(expected.patience(bytes)).as(seeded.shown()).isEqualTo(WHOLE);
            int unpadded = bytes.size() - text.hex().size() + 2 * text.length();
            IntStream.range(0, bytes.size())
                    .forEach(cut -> assertThat(expected.patience(bytes.take(cut)))
                            .as("%s cut at %d of %d", seeded.shown(), cut, bytes.size())
                            .isEqualTo(cut == unpadded ? WHOLE : QUIET));
        }
    }

    @Test
    void aTextThatIsNotAsciiWaitsForQuiet() {
        var bob = new Origin.User(new UserName("bob"));
        assertThat(Expected.HEADER.patience(PeerCodec.encode(new PeerMessage.Text(bob, 3, text("0".repeat(12))))))
                .isEqualTo(QUIET);
    }

    @ParameterizedTest
    @EnumSource(names = {"HEADER", "OPENING"})
    void aFileOfferWaitsForQuietWhateverItsPathSays(Expected expected) {
        for (var path : new String[] {"x", "a:b", "a:client_sending:False::0:", "True::0:"}) {
            var bytes = PeerCodec.encode(new PeerMessage.FileOffer(new Origin.User(new UserName("bob")), path));
            IntStream.rangeClosed(0, bytes.size())
                    .forEach(cut ->
                            assertThat(expected.patience(bytes.take(cut))).isEqualTo(QUIET));
        }
    }

    @Test
    void whatOnlyLooksLikeATextWaitsForQuiet() {
        for (var line : new String[] {
            ":client_sending:False:",
            "bob:client_sending:False::",
            "bob:client_sending:False:::",
            "bob:client_sending:False::x:",
            "bob:client_sending:False::1x:ab",
            "bob:client_sending:False::99999999999:",
            "x".repeat(33) + ":client_sending:False::0:"
        }) {
            assertThat(Expected.HEADER.patience(text(line))).as(line).isEqualTo(QUIET);
        }
    }

    @Test
    void anIvIsWholeAtEightBytes() {
        IntStream.rangeClosed(0, 20)
                .forEach(n -> assertThat(Expected.IV.patience(text("x".repeat(n))))
                        .isEqualTo(n < 8 ? QUIET : n == 8 ? WHOLE : TOO_LONG));
    }

    @Test
    void aFullChunkIsWholeAtOnceAndAShorterOneWhenQuiet() {
        assertThat(Expected.CHUNK.patience(text("0".repeat(2_047)))).isEqualTo(QUIET);
        assertThat(Expected.CHUNK.patience(text("0".repeat(2_048)))).isEqualTo(WHOLE);
        assertThat(Expected.CHUNK.patience(text("0".repeat(2_049)))).isEqualTo(TOO_LONG);
    }

    @ParameterizedTest
    @EnumSource
    void aWordIsWholeAtItsLastLetter(PeerMessage.Word word) {
        var bytes = PeerCodec.encode(word);
        IntStream.rangeClosed(0, bytes.size())
                .forEach(cut -> assertThat(Expected.WORD.patience(bytes.take(cut)))
                        .isEqualTo(cut < bytes.size() ? QUIET : WHOLE));
        assertThat(Expected.WORD.patience(text("nonsense"))).isEqualTo(TOO_LONG);
    }

    private static ByteString text(String line) {
        return ByteString.fromString(line);
    }
}
