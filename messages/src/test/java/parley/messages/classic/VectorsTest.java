package parley.messages.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** What a classic client in the field put on the wire; the keys and ciphers of the same vectors are the peer's to check. */
class VectorsTest {
    private static JsonNode vectors;

    @BeforeAll
    static void read() throws IOException {
        try (var json = VectorsTest.class.getResourceAsStream("/vectors.json")) {
            vectors = new ObjectMapper().readTree(json);
        }
    }

    @Test
    void everyPublicValueIsReadAndWrittenDigitByDigit() {
        assertThat(each("keyAgreement")).hasSize(4).allSatisfy(pair -> {
            for (var side : new String[] {"publicA", "publicB"}) {
                var line = ByteString.fromString("dhk:" + pair.get(side).asText());
                var value = (PeerMessage.PublicValue) PeerCodec.decodeOpening(line);
                assertThat(value.value()).hasToString(pair.get(side).asText());
                assertThat(PeerCodec.encode(value)).isEqualTo(line);
                assertThat(Expected.OPENING.patience(line)).isIn(Expected.Patience.WHOLE, Expected.Patience.BRIEF);
            }
        });
    }

    @Test
    void everyTextIsReadWholeWithItsLengthAndIv() {
        texts("text", 20, new Origin.User(new UserName("bob")), "bob:client_sending:False::%d:%s");
    }

    @Test
    void everyGroupTextIsReadWholeWithItsLengthAndIv() {
        texts("groupText", 3, new Origin.Group(new GroupName("team")), "team:group_sending:False::%d:%s");
    }

    @Test
    void everyChunkIsReadAsItIsWrittenAndTwiceAsLongAsItsBytes() {
        assertThat(each("file")).hasSize(20).allSatisfy(chunk -> {
            var hex = ByteString.fromString(chunk.get("cipherHex").asText());
            var plain = hex(chunk.get("plainHex").asText());
            // Longer plain texts than a chunk serve the cipher alone.
            if (hex.size() > 2 * PeerCodec.CHUNK_BYTES_MAX) {
                assertThatThrownBy(() -> PeerCodec.decodeChunk(hex)).isInstanceOf(MalformedMessage.class);
            } else {
                assertThat(PeerCodec.encode(PeerCodec.decodeChunk(hex))).isEqualTo(hex);
                assertThat(hex.size() / 2 - plain.size()).isBetween(0, 7);
            }
            assertThat(Expected.IV.patience(hex(chunk.get("ivHex").asText()))).isEqualTo(Expected.Patience.WHOLE);
        });
    }

    @Test
    void everyGroupKeyArrivesRaw() {
        assertThat(each("groupText")).allSatisfy(text -> {
            var bytes = hex(text.get("keyHex").asText());
            assertThat(ReplyCodec.decode(new Request.KeyOf(new GroupName("team")), bytes))
                    .isEqualTo(new Reply.Key(new GroupKey(bytes)));
        });
    }

    private static void texts(String kind, int count, Origin from, String shape) {
        assertThat(each(kind)).hasSize(count).allSatisfy(vector -> {
            var cipher = vector.get("cipherHex").asText();
            int length = vector.get("length").asInt();
            var line = ByteString.fromString(shape.formatted(length, cipher));
            var text = new PeerMessage.Text(from, length, ByteString.fromString(cipher));
            assertThat(PeerCodec.decodeOpening(line)).isEqualTo(text);
            assertThat(PeerCodec.encode(text)).isEqualTo(line);
            boolean ascii = vector.get("text").asText().chars().allMatch(c -> c < 0x80);
            assertThat(Expected.OPENING.patience(line))
                    .isEqualTo(ascii ? Expected.Patience.WHOLE : Expected.Patience.QUIET);
            var iv = hex(vector.get("ivHex").asText());
            assertThat(LateIv.complete(text, iv)).isEqualTo(text);
            assertThat(LateIv.iv(iv).bytes()).isEqualTo(iv);
        });
    }

    private static Stream<JsonNode> each(String kind) {
        return StreamSupport.stream(vectors.get(kind).spliterator(), false);
    }

    private static ByteString hex(String digits) {
        return ByteString.fromArray(HexFormat.of().parseHex(digits));
    }
}
