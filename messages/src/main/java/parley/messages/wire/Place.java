package parley.messages.wire;

import java.util.HexFormat;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.Draft;
import parley.messages.name.GroupName;

/**
 * A group, and the last entry of its log that the writer knows: who was shown another log finds out by it;
 * docs/PROTOCOL.md §12.4.
 *
 * @param id the hash of the log's first entry
 * @param sequence of the last entry
 * @param head its hash
 */
public record Place(GroupName group, ByteString id, long sequence, ByteString head) {
    /** @throws IllegalArgumentException if one of them does not fit its field */
    public Place {
        if (sequence < 0 || sequence > 0xffff_ffffL) throw new IllegalArgumentException("sequence " + sequence);
        id = hash(id);
        head = hash(head);
    }

    private static ByteString hash(ByteString bytes) {
        if (bytes.size() != Draft.HASH_BYTES) throw new IllegalArgumentException("a hash of " + bytes.size());
        return bytes.compact();
    }

    @Override
    public String toString() {
        return "Place[%s %s, %d]"
                .formatted(group, HexFormat.of().formatHex(id.take(4).toArrayUnsafe()), sequence);
    }
}
