package parley.peer.cipher.ratchet;

import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.peer.cipher.agreement.Greeting;
import parley.peer.cipher.primitive.AesGcm;

/**
 * Sealed bytes taken apart; docs/PROTOCOL.md §4.4.
 *
 * <pre>
 *   +------+------------------+------------+---------+-----------------+-----+--------+-------+-----+
 *   | kind | greeting, kind 2 | session id | ratchet | previous length | no. | nonce  |  box        |
 *   |  1   |      1193        |     16     |   32    |        4        |  4  |   12   |  size + 16  |
 *   +------+------------------+------------+---------+-----------------+-----+--------+-------+-----+
 *   '------------------------ authenticated with the box ---------------------'
 * </pre>
 *
 * @param open what is authenticated and not encrypted
 */
record Message(@Nullable Greeting greeting, Header header, ByteString open, ByteString nonce, ByteString box) {
    private static final int LATER = 1;
    private static final int FIRST = 2;

    static final int BYTES_MAX =
            1 + Greeting.BYTES + Header.BYTES + AesGcm.NONCE_BYTES + Padding.CONTENT_BYTES_MAX + 1 + AesGcm.TAG_BYTES;

    /** @throws MalformedFields if {@code bytes} are no message */
    static Message decode(ByteString bytes) {
        if (bytes.size() > BYTES_MAX)
            throw new MalformedFields("a message of %d bytes, expected at most %d".formatted(bytes.size(), BYTES_MAX));
        var in = new FieldReader(bytes);
        int kind = in.u8();
        if (kind != LATER && kind != FIRST) throw new MalformedFields("kind %d, expected 1 or 2".formatted(kind));
        var greeting = kind == FIRST ? Greeting.read(in) : null;
        var header = Header.read(in);
        var open = bytes.take(bytes.size() - in.left());
        var nonce = in.bytes(AesGcm.NONCE_BYTES);
        if (!Padding.isSize(in.left() - AesGcm.TAG_BYTES))
            throw new MalformedFields("a box of %d bytes, which no padding makes".formatted(in.left()));
        return new Message(greeting, header, open.compact(), nonce, in.bytes(in.left()));
    }

    /** What comes before the nonce. */
    static ByteString open(@Nullable Greeting greeting, Header header) {
        var out = new FieldWriter().u8(greeting == null ? LATER : FIRST);
        if (greeting != null) out.bytes(greeting.encode());
        header.write(out);
        return out.toByteString();
    }
}
