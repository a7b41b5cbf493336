package parley.messages.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.messages.classic.Expected.Patience.QUIET;
import static parley.messages.classic.Expected.Patience.TOO_LONG;
import static parley.messages.classic.Expected.Patience.WHOLE;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messages.name.UserName;

class LateIvTest {
    private static final Origin BOB = new Origin.User(new UserName("bob"));
    private static final ByteString IV = hex("518ddecd87837a04");

    @Test
    void anIvAloneIsWholeAtItsEighthByte() {
        IntStream.rangeClosed(0, 8)
                .forEach(n -> assertThat(LateIv.patience(IV.take(n))).isEqualTo(n < 8 ? QUIET : WHOLE));
        var text = new PeerMessage.Text(BOB, 1, text("ab"));
        assertThat(LateIv.complete(text, IV)).isEqualTo(text);
        assertThat(LateIv.iv(IV)).isEqualTo(new PeerMessage.Iv(IV));
    }

    @Test
    void digitsThatComeLateBelongToTheText() {
        var text = new PeerMessage.Text(BOB, 5, text("0123456789"));
        var held = text("abcdef").concat(IV);
        assertThat(LateIv.patience(held)).isEqualTo(QUIET);
        assertThat(LateIv.stillToCome(held)).isFalse();
        assertThat(LateIv.complete(text, held)).isEqualTo(new PeerMessage.Text(BOB, 5, text("0123456789abcdef")));
        assertThat(LateIv.iv(held)).isEqualTo(new PeerMessage.Iv(IV));
    }

    /** The IV comes a round trip after we asked: digits alone, eight of them too, are not it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4, 6, 8, 10, 12, 14})
    void afterQuietTheIvIsStillToComeIfOnlyDigitsHave(int digits) {
        var held = text("0123456789abcd".substring(0, digits));
        assertThat(LateIv.patience(held)).isEqualTo(QUIET);
        assertThat(LateIv.stillToCome(held)).isTrue();
        assertThat(LateIv.stillToCome(held.concat(IV))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"3031323334353637", "6162ff0000000000", "61ff000000000000", "4661ff0000000000"})
    void anIvThatBeginsLikeDigitsIsStillAnIv(String hex) {
        var iv = hex(hex);
        assertThat(LateIv.iv(iv)).isEqualTo(new PeerMessage.Iv(iv));
        assertThat(LateIv.iv(text("beef").concat(iv))).isEqualTo(new PeerMessage.Iv(iv));
        var text = new PeerMessage.Text(BOB, 0, text(""));
        assertThat(LateIv.complete(text, iv)).isEqualTo(text);
        assertThat(LateIv.complete(text, text("beef").concat(iv)).hex()).isEqualTo(text("beef"));
    }

    @Test
    void whatIsNeitherDigitsNorAnIvIsMalformed() {
        var text = new PeerMessage.Text(BOB, 1, text("ab"));
        for (var held : List.of(
                IV.take(7),
                text("a").concat(IV),
                text("zz").concat(IV),
                text("a ").concat(IV),
                IV.concat(IV))) {
            assertThatThrownBy(() -> LateIv.complete(text, held))
                    .isInstanceOf(MalformedMessage.class)
                    .hasMessage("an IV of %d bytes", held.size());
        }
        assertThatThrownBy(() -> LateIv.iv(IV.take(7))).isInstanceOf(MalformedMessage.class);
        assertThat(LateIv.patience(text("0".repeat(4_097)))).isEqualTo(TOO_LONG);
    }

    /** Plays a link: what is held counts once it looks whole; else when nothing more comes within the quiet period. */
    @Test
    void textAndIvArriveWhereverTcpCutsThem() {
        var seeded = new Seeded();
        for (int round = 0; round < 60; round++) {
            var sent = seeded.text();
            var header = PeerCodec.encode(sent);
            var iv = seeded.bytes(PeerCodec.IV_BYTES);
            for (int cut = 0; cut < header.size(); cut++) {
                for (int ivCut = 0; ivCut < PeerCodec.IV_BYTES; ivCut++) {
                    boolean early = Expected.HEADER.patience(header.take(cut)) == WHOLE;
                    var taken = early ? header.take(cut) : header;
                    var late = early ? header.drop(cut) : ByteString.emptyByteString();
                    var text = (PeerMessage.Text) PeerCodec.decodeHeader(taken);

                    var held = late;
                    if (!held.isEmpty())
                        assertThat(LateIv.stillToCome(held)).as(seeded.shown()).isTrue();
                    held = held.concat(iv.take(ivCut));
                    assertThat(LateIv.patience(held)).as(seeded.shown()).isEqualTo(QUIET);
                    held = held.concat(iv.drop(ivCut));
                    assertThat(LateIv.complete(text, held)).as(seeded.shown()).isEqualTo(sent);
                    assertThat(LateIv.iv(held).bytes()).as(seeded.shown()).isEqualTo(iv);
                }
            }
        }
    }

    private static ByteString text(String line) {
        return ByteString.fromString(line);
    }

    private static ByteString hex(String digits) {
        return ByteString.fromArray(HexFormat.of().parseHex(digits));
    }
}
