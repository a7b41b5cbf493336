package parley.messages.wire;

import org.apache.pekko.util.ByteString;
import parley.messages.field.MalformedFields;

/** What the fuzzer runs. What is accepted is written again as the same bytes: nothing has two encodings. */
public final class EnvelopeFuzzTarget {
    private static final int ID_AT = 2;

    /** Jazzer calls it by this name. */
    public static void fuzzerTestOneInput(byte[] input) {
        var bytes = ByteString.fromArray(input);
        try {
            same(bytes, EnvelopeCodec.encode(EnvelopeCodec.decode(bytes)));
        } catch (MalformedFields refused) {
            // As documented.
        }
        if (input.length < ID_AT + MessageId.BYTES) return;
        var id = new MessageId(bytes.slice(ID_AT, ID_AT + MessageId.BYTES));
        try {
            same(bytes, ContentCodec.encode(ContentCodec.decode(id, bytes)));
        } catch (MalformedFields refused) {
            // As documented.
        }
    }

    private static void same(ByteString read, ByteString written) {
        if (!read.equals(written)) throw new AssertionError("read " + read + ", written " + written);
    }

    private EnvelopeFuzzTarget() {}
}
