package parley.peer.contact;

import java.nio.charset.StandardCharsets;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.wire.Content;
import parley.messages.wire.ContentCodec;
import parley.messages.wire.MessageId;

/**
 * A stranger's text that waits to be accepted.
 *
 * <pre>
 *   version 1 | id 16 | content, to the end
 * </pre>
 */
record Waiting(Content.Text text) {
    private static final int VERSION = 1;

    /** docs/PROTOCOL.md §11.5, for one stranger. */
    static final int TEXTS_MAX = 32;

    static final long BYTES_MAX = 256 * 1024;

    long bytes() {
        return text.text().getBytes(StandardCharsets.UTF_8).length;
    }

    ByteString encode() {
        return new FieldWriter()
                .u8(VERSION)
                .bytes(text.id().bytes())
                .bytes(ContentCodec.encode(text))
                .toByteString();
    }

    static Waiting decode(ByteString bytes) {
        var in = new FieldReader(bytes);
        int version = in.u8();
        if (version != VERSION) throw new MalformedFields("version %d, expected %d".formatted(version, VERSION));
        var id = MessageId.read(in);
        var content = ContentCodec.decode(id, in.bytes(in.left()));
        if (!(content instanceof Content.Text text)) throw new MalformedFields("no text waits here");
        return new Waiting(text);
    }
}
