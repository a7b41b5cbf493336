package parley.peer.contact;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.name.GroupName;
import parley.messages.wire.Content;
import parley.messages.wire.ContentCodec;
import parley.messages.wire.MessageId;

/**
 * What a stranger wrote, a file that he offers, or that he speaks of a group: it waits for him to be accepted.
 *
 * <pre>
 *   version 1 | id 16 | content, to the end
 * </pre>
 */
record Waiting(Content content) {
    private static final int VERSION = 1;

    /** docs/PROTOCOL.md §11.5, for one stranger. */
    static final int TEXTS_MAX = 32;

    static final long BYTES_MAX = 256 * 1024;

    /** What one that is no text counts for. */
    private static final long OTHER_BYTES = 512;

    /** @throws IllegalArgumentException if it is nothing that waits */
    Waiting {
        boolean waits = content instanceof Content.Text
                || content instanceof Content.GroupNews
                || content instanceof Content.File;
        if (!waits) throw new IllegalArgumentException("no text, no group and no file");
    }

    long bytes() {
        return content instanceof Content.Text text ? text.text().getBytes(StandardCharsets.UTF_8).length : OTHER_BYTES;
    }

    Optional<GroupName> group() {
        return content instanceof Content.GroupNews news
                ? Optional.of(news.place().group())
                : Optional.empty();
    }

    ByteString encode() {
        return new FieldWriter()
                .u8(VERSION)
                .bytes(content.id().bytes())
                .bytes(ContentCodec.encode(content))
                .toByteString();
    }

    static Waiting decode(ByteString bytes) {
        var in = FieldReader.of(bytes, VERSION);
        var id = MessageId.read(in);
        try {
            return new Waiting(ContentCodec.decode(id, in.bytes(in.left())));
        } catch (IllegalArgumentException nothing) {
            throw new MalformedFields(String.valueOf(nothing.getMessage()));
        }
    }
}
