package parley.messages.wire;

import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;

/**
 * Envelopes to bytes and back; docs/PROTOCOL.md §10.
 *
 * <pre>
 *   0         1    17
 *   +---------+----+-- - - --+
 *   | version | id | message |
 *   +---------+----+-- - - --+
 * </pre>
 */
public final class EnvelopeCodec {
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 1 + MessageId.BYTES;

    public static final int BYTES_MAX = HEADER_BYTES + Envelope.MESSAGE_BYTES_MAX;

    public static ByteString encode(Envelope envelope) {
        return new FieldWriter()
                .u8(VERSION)
                .bytes(envelope.id().bytes())
                .bytes(envelope.message())
                .toByteString();
    }

    /** @throws MalformedFields if {@code bytes} are not exactly one envelope */
    public static Envelope decode(ByteString bytes) {
        if (bytes.size() > BYTES_MAX)
            throw new MalformedFields(
                    "an envelope of %d bytes, expected at most %d".formatted(bytes.size(), BYTES_MAX));
        var in = FieldReader.of(bytes, VERSION);
        return new Envelope(MessageId.read(in), in.bytes(in.left()));
    }

    private EnvelopeCodec() {}
}
