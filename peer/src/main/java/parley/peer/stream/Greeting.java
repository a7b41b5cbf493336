package parley.peer.stream;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.peer.cipher.stream.StreamKeys;

/**
 * What each side of a stream says first, and the only thing that is not sealed; docs/PROTOCOL.md §13.3.
 *
 * <pre>
 *   "parley-f" 8 | version 1 | role 1 | tag 16 | salt 32
 * </pre>
 *
 * @param sends whether it is the sender's
 */
record Greeting(boolean sends, ByteString tag, ByteString salt) {
    static final int BYTES = 58;

    private static final ByteString MAGIC = ByteString.fromString("parley-f", StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int SENDER = 1;
    private static final int RECEIVER = 2;

    ByteString encode() {
        return new FieldWriter()
                .bytes(MAGIC)
                .u8(VERSION)
                .u8(sends ? SENDER : RECEIVER)
                .bytes(tag)
                .bytes(salt)
                .toByteString();
    }

    /** @param bytes {@value #BYTES} of them */
    static Optional<Greeting> decode(ByteString bytes) {
        try {
            var in = new FieldReader(bytes);
            boolean known = in.bytes(MAGIC.size()).equals(MAGIC) && in.u8() == VERSION;
            int role = in.u8();
            if (!known || (role != SENDER && role != RECEIVER)) return Optional.empty();
            var greeting =
                    new Greeting(role == SENDER, in.bytes(StreamKeys.TAG_BYTES), in.bytes(StreamKeys.SALT_BYTES));
            in.end();
            return Optional.of(greeting);
        } catch (MalformedFields malformed) {
            return Optional.empty();
        }
    }

    /** Whether {@code theirs} answers ours: the same file, the other role, and not our own bytes come back. */
    boolean isAnsweredBy(Greeting theirs) {
        return theirs.sends != sends && theirs.tag.equals(tag) && !theirs.salt.equals(salt);
    }
}
