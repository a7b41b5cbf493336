package parley.messages.wire;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import parley.messages.field.MalformedFields;

/** UTF-8 without mercy: what Java would replace by a question mark is refused, or it would come out as another text. */
final class Utf8 {
    /** @throws IllegalArgumentException if {@code text} holds half a surrogate pair */
    static byte[] encode(String text) {
        try {
            var bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            var encoded = new byte[bytes.remaining()];
            bytes.get(encoded);
            return encoded;
        } catch (CharacterCodingException half) {
            throw new IllegalArgumentException("a text with half a surrogate pair");
        }
    }

    /** @throws MalformedFields if {@code bytes} are no UTF-8 */
    static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new MalformedFields("a text that is no UTF-8");
        }
    }

    private Utf8() {}
}
