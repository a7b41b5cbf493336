package parley.proving.classic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every vector that was recorded from classic programs, through the naive client's own cryptography. */
class ClassicVectorsTest {
    private static final HexFormat HEX = HexFormat.of();

    static Stream<JsonNode> keyAgreement() {
        return vectors("keyAgreement");
    }

    static Stream<JsonNode> text() {
        return vectors("text");
    }

    static Stream<JsonNode> file() {
        return vectors("file");
    }

    static Stream<JsonNode> groupText() {
        return vectors("groupText");
    }

    @Test
    void theVectorsAreAllThere() {
        assertThat(Stream.of(keyAgreement(), text(), file(), groupText()).map(Stream::count))
                .containsExactly(4L, 20L, 20L, 3L);
    }

    @ParameterizedTest
    @MethodSource("keyAgreement")
    void bothSidesOfAnAgreementGetTheRecordedKey(JsonNode vector) {
        var alice = Agreement.of(new BigInteger(string(vector, "privateA")));
        var bob = Agreement.of(new BigInteger(string(vector, "privateB")));

        assertThat(alice.publicValue()).isEqualTo(string(vector, "publicA"));
        assertThat(bob.publicValue()).isEqualTo(string(vector, "publicB"));
        assertThat(alice.keyWith(bob.publicValue())).asString().isEqualTo(string(vector, "keyAscii"));
        assertThat(bob.keyWith(alice.publicValue())).asString().isEqualTo(string(vector, "keyAscii"));
    }

    @ParameterizedTest
    @MethodSource("text")
    void aTextIsSealedAndOpenedAsRecorded(JsonNode vector) {
        readsAndWrites(vector, string(vector, "keyAscii").getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @MethodSource("groupText")
    void aGroupTextIsSealedAndOpenedWithTheRawKey(JsonNode vector) {
        readsAndWrites(vector, HEX.parseHex(string(vector, "keyHex")));
    }

    @ParameterizedTest
    @MethodSource("file")
    void aChunkIsSealedAndOpenedAsRecorded(JsonNode vector) {
        var key = string(vector, "keyAscii").getBytes(StandardCharsets.US_ASCII);
        var iv = HEX.parseHex(string(vector, "ivHex"));
        var padded = Padding.pad(HEX.parseHex(string(vector, "plainHex")));

        assertThat(TripleDes.seal(key, iv, padded)).isEqualTo(string(vector, "cipherHex"));
        assertThat(TripleDes.open(key, iv, string(vector, "cipherHex"))).isEqualTo(padded);
    }

    private static void readsAndWrites(JsonNode vector, byte[] key) {
        var text = string(vector, "text");
        var iv = HEX.parseHex(string(vector, "ivHex"));
        var length = vector.required("length").asInt();

        assertThat(Padding.length(text)).isEqualTo(length);
        assertThat(TripleDes.seal(key, iv, Padding.pad(text).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(string(vector, "cipherHex"));
        var opened = new String(TripleDes.open(key, iv, string(vector, "cipherHex")), StandardCharsets.UTF_8);
        assertThat(Padding.cut(opened, length)).isEqualTo(text);
    }

    private static String string(JsonNode vector, String field) {
        return vector.required(field).textValue();
    }

    private static Stream<JsonNode> vectors(String kind) {
        try (var in = ClassicVectorsTest.class.getResourceAsStream("/classic/vectors.json")) {
            var all = new ObjectMapper().readTree(Objects.requireNonNull(in, "vectors.json"));
            return StreamSupport.stream(all.required(kind).spliterator(), false);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
