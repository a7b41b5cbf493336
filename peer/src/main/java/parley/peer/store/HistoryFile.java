package parley.peer.store;

import java.nio.charset.StandardCharsets;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;

/**
 * What the history says of a file besides its name.
 *
 * <pre>
 *   bytes 8 | sha256 length 1, sha256 | type length 1, type | path length 2, path
 * </pre>
 *
 * @param sha256 of its content, in lower-case hex; empty of one that we sent
 * @param type what its first bytes look like; empty of one that we sent
 * @param path where it was when we sent it, or came to rest
 */
public record HistoryFile(long bytes, String sha256, String type, String path) {
    ByteString encode() {
        var utf8 = path.getBytes(StandardCharsets.UTF_8);
        return new FieldWriter()
                .u63(bytes)
                .ascii(sha256)
                .ascii(type)
                .u16(utf8.length)
                .bytes(utf8)
                .toByteString();
    }

    static HistoryFile read(FieldReader in) {
        return new HistoryFile(
                in.u63(), in.ascii(), in.ascii(), new String(in.array(in.u16()), StandardCharsets.UTF_8));
    }
}
