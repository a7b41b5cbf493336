package parley.peer.cipher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static parley.peer.cipher.Vectors.field;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.messages.classic.Sealed;

class VectorsTest {
    @Test
    void thereAreAllOfThem() {
        assertThat(Stream.of("keyAgreement", "text", "file", "groupText")
                        .map(kind -> Vectors.of(kind).size()))
                .containsExactly(4, 20, 20, 3);
    }

    static List<Map<String, String>> keyAgreement() {
        return Vectors.of("keyAgreement");
    }

    @ParameterizedTest
    @MethodSource
    void keyAgreement(Map<String, String> vector) {
        var alice = OwnKeyPair.of(number(vector, "privateA"));
        var bob = OwnKeyPair.of(number(vector, "privateB"));
        assertThat(alice.publicValue().value()).isEqualTo(number(vector, "publicA"));
        assertThat(bob.publicValue().value()).isEqualTo(number(vector, "publicB"));
        var shared = alice.sharedWith(bob.publicValue().value());
        assertThat(shared)
                .isEqualTo(number(vector, "shared"))
                .isEqualTo(bob.sharedWith(alice.publicValue().value()));
        var key = DesKey.ofShared(shared).parameters().getKey();
        assertThat(new String(key, US_ASCII)).isEqualTo(field(vector, "keyAscii"));
    }

    static List<Map<String, String>> text() {
        return Vectors.of("text");
    }

    @ParameterizedTest
    @MethodSource
    void text(Map<String, String> vector) {
        var key = DesKey.ofBytes(field(vector, "keyAscii").getBytes(US_ASCII));
        assertThat(opened(key, vector)).asString(UTF_8).startsWith(field(vector, "text"));
    }

    static List<Map<String, String>> file() {
        return Vectors.of("file");
    }

    @ParameterizedTest
    @MethodSource
    void file(Map<String, String> vector) {
        var key = DesKey.ofBytes(field(vector, "keyAscii").getBytes(US_ASCII));
        var plain = field(vector, "plainHex");
        assertThat(HexFormat.of().formatHex(opened(key, vector))).startsWith(plain);
    }

    static List<Map<String, String>> groupText() {
        return Vectors.of("groupText");
    }

    @ParameterizedTest
    @MethodSource
    void groupText(Map<String, String> vector) {
        var key = DesKey.ofBytes(HexFormat.of().parseHex(field(vector, "keyHex")));
        assertThat(opened(key, vector)).asString(UTF_8).startsWith(field(vector, "text"));
    }

    /** What is left of a vector is padding: OFB needs none, so sealing the same plain bytes gives the same digits. */
    private static byte[] opened(DesKey key, Map<String, String> vector) {
        var iv = HexFormat.of().parseHex(field(vector, "ivHex"));
        var hex = field(vector, "cipherHex");
        var ofb = new DesOfb(key, new Returning(iv));
        var plain = Objects.requireNonNull(
                ofb.open(List.of(new Sealed(ByteString.fromArray(iv), ByteString.fromString(hex)))));
        assertThat(plain).hasSize(1);
        assertThat(ofb.seal(plain).getFirst().hex().utf8String()).isEqualTo(hex);
        return plain.getFirst().toArray();
    }

    private static BigInteger number(Map<String, String> vector, String name) {
        return new BigInteger(field(vector, name));
    }

    /** Repeats the IV of a vector. */
    private static final class Returning extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Returning(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] into) {
            System.arraycopy(bytes, 0, into, 0, into.length);
        }
    }
}
