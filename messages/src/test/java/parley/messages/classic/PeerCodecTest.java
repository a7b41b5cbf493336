package parley.messages.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

class PeerCodecTest {
    private static final Origin BOB = new Origin.User(new UserName("bob"));
    private static final Origin TEAM = new Origin.Group(new GroupName("team"));

    @Test
    void everyMessageIsTheOneInThePicture() {
        written(new PeerMessage.PublicValue(BigInteger.TWO), "dhk:2");
        written(new PeerMessage.Text(BOB, 3, text("b6818a")), "bob:client_sending:False::3:b6818a");
        written(new PeerMessage.Text(TEAM, 3, text("b6818a")), "team:group_sending:False::3:b6818a");
        written(new PeerMessage.Text(BOB, 0, text("")), "bob:client_sending:False::0:");
        written(new PeerMessage.FileOffer(BOB, "/tmp/a b:c.bin"), "bob:client_sending:True:/tmp/a b:c.bin");
        written(new PeerMessage.FileOffer(TEAM, "é.bin"), "team:group_sending:True:é.bin");
        written(new PeerMessage.Chunk(text("00ff")), "00ff");
        written(new PeerMessage.Iv(text("12345678")), "12345678");
        written(PeerMessage.Word.SEND_IV, "send_iv");
        written(PeerMessage.Word.CONFIRM, "confirm");
        written(PeerMessage.Word.ACK, "ack");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        var seeded = new Seeded();
        for (int i = 0; i < 2_000; i++) {
            var value = seeded.publicValue();
            assertThat(PeerCodec.decodePublicValue(PeerCodec.encode(value)))
                    .as(seeded.shown())
                    .isEqualTo(value);
            assertThat(PeerCodec.decodeOpening(PeerCodec.encode(value)))
                    .as(seeded.shown())
                    .isEqualTo(value);
            for (var header : new PeerMessage[] {seeded.text(), seeded.fileOffer()}) {
                assertThat(PeerCodec.decodeHeader(PeerCodec.encode(header)))
                        .as(seeded.shown())
                        .isEqualTo(header);
                assertThat(PeerCodec.decodeOpening(PeerCodec.encode(header)))
                        .as(seeded.shown())
                        .isEqualTo(header);
            }
            var chunk = new PeerMessage.Chunk(seeded.hex(2 * seeded.random.nextInt(1, 1_025)));
            assertThat(PeerCodec.decodeChunk(PeerCodec.encode(chunk)))
                    .as(seeded.shown())
                    .isEqualTo(chunk);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "dhk", "dhk:", "DHK:5", "dhk:-5", "dhk:+5", "dhk: 5", "dhk:5\n", "dhk:0x5", "dhk:٣", "dhk:5:6",
                "hello"
            })
    void aPublicValueIsDecimalDigitsAndNothingElse(String line) {
        assertThatThrownBy(() -> PeerCodec.decodePublicValue(text(line))).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void aPublicValueHasAtMostAsManyDigitsAsThePrime() {
        assertThat(PeerCodec.decodePublicValue(text("dhk:" + "9".repeat(925))).value())
                .hasToString("9".repeat(925));
        assertThatThrownBy(() -> PeerCodec.decodePublicValue(text("dhk:" + "9".repeat(926))))
                .isInstanceOf(MalformedMessage.class)
                .hasMessage("a public value of 926 digits");
    }

    /** A group may be called dhk, and its texts need no key agreement. */
    @Test
    void aGroupCalledDhkIsToldFromAPublicValue() {
        var dhk = new Origin.Group(new GroupName("dhk"));
        var text = new PeerMessage.Text(dhk, 1, text("ab"));
        assertThat(PeerCodec.decodeOpening(PeerCodec.encode(text))).isEqualTo(text);
        assertThatThrownBy(() -> PeerCodec.decodeOpening(text("dhk:"))).isInstanceOf(MalformedMessage.class);
        assertThatThrownBy(() -> PeerCodec.decodeOpening(text("dhk:1:2"))).isInstanceOf(MalformedMessage.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bob",
                "bob:client_sending",
                "bob:client_sending:False",
                "bob:client_sending:False:",
                "bob:client_sending:False:3:ab",
                "bob:client_sending:False::",
                "bob:client_sending:False::3",
                "bob:client_sending:False:::ab",
                "bob:client_sending:False::x:ab",
                "bob:client_sending:False::-1:ab",
                "bob:client_sending:False::+1:ab",
                "bob:client_sending:False::٣:ab",
                "bob:client_sending:False::4097:ab",
                "bob:client_sending:False::99999999999999999999:ab",
                "bob:client_sending:False::1:abc",
                "bob:client_sending:False::1:zz",
                "bob:client_sending:False::1:ab:cd",
                "bob:client_sending:false::1:ab",
                "bob:client_sending:True:",
                "bob:client_sending:Maybe:x",
                "bob:nobody_sending:False::1:ab",
                "b b:client_sending:False::1:ab",
                ":client_sending:False::1:ab",
                "\u202ebob:client_sending:True:x"
            })
    void aHeaderThatIsNoneIsMalformed(String line) {
        assertThatThrownBy(() -> PeerCodec.decodeHeader(text(line))).isInstanceOf(MalformedMessage.class);
    }

    @Test
    void aHeaderOfAnyBytesIsReadOrMalformedAndNeverRepeated() {
        var seeded = new Seeded();
        for (int i = 0; i < 10_000; i++) {
            var bytes = text("canary:client_sending:False::").concat(seeded.bytes(seeded.random.nextInt(30)));
            try {
                PeerCodec.decodeHeader(bytes);
            } catch (MalformedMessage malformed) {
                assertThat(malformed.what())
                        .as(seeded.shown())
                        .doesNotContain("canary")
                        .isEqualTo(malformed.getMessage());
            }
        }
    }

    @Test
    void aChunkIsOneToAKibibyteOfHex() {
        assertThat(PeerCodec.decodeChunk(text("aB09")).hex()).isEqualTo(text("aB09"));
        assertThat(PeerCodec.decodeChunk(text("0".repeat(2_048))).hex().size()).isEqualTo(2_048);
        for (var line : new String[] {"", "a", "0g", "0:", "é", " 00", "00\n", "0".repeat(2_047), "0".repeat(2_050)}) {
            assertThatThrownBy(() -> PeerCodec.decodeChunk(text(line))).as(line).isInstanceOf(MalformedMessage.class);
        }
    }

    @Test
    void anIvHasEightBytes() {
        for (int size : new int[] {0, 7, 9, 16}) {
            assertThatThrownBy(() -> new PeerMessage.Iv(text("x".repeat(size))))
                    .isInstanceOf(MalformedMessage.class)
                    .hasMessage("an IV of %d bytes", size);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWordIsItselfAndNoOther(PeerMessage.Word word) {
        assertThat(PeerCodec.decodeWord(word, PeerCodec.encode(word))).isEqualTo(word);
        for (var other : new String[] {"", "acknowledged", "send_iv\n", "CONFIRM", "ac", "nack"}) {
            assertThatThrownBy(() -> PeerCodec.decodeWord(word, text(other))).isInstanceOf(MalformedMessage.class);
        }
        for (var other : PeerMessage.Word.values()) {
            if (other == word) continue;
            assertThatThrownBy(() -> PeerCodec.decodeWord(word, PeerCodec.encode(other)))
                    .isInstanceOf(MalformedMessage.class);
        }
    }

    @Test
    void theHeaderIsAsLongAsWhoeverCutsTextsIsTold() {
        var seeded = new Seeded();
        for (int i = 0; i < 1_000; i++) {
            var text = seeded.text();
            assertThat(PeerCodec.headerBytes(text.from(), text.length())
                            + text.hex().size())
                    .as(seeded.shown())
                    .isEqualTo(PeerCodec.encode(text).size());
        }
    }

    private static void written(PeerMessage message, String line) {
        assertThat(PeerCodec.encode(message).utf8String()).isEqualTo(line);
    }

    private static ByteString text(String line) {
        return ByteString.fromString(line);
    }
}
