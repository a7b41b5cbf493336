package parley.messages.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.identity.IdentityKey;

/** Entries in a row: each behind its length of two bytes, to the end of the bytes. Nothing here was verified. */
public final class EntryRow {
    private static final int LENGTH_BYTES = 2;

    public static ByteString encode(List<GroupEntry> entries) {
        var out = new FieldWriter();
        for (var entry : entries) {
            var bytes = EntryCodec.encode(entry);
            out.u16(bytes.size()).bytes(bytes);
        }
        return out.toByteString();
    }

    /** @throws MalformedFields if {@code bytes} are anything else; no bytes are no entries */
    public static List<GroupEntry> decode(ByteString bytes) {
        var in = new FieldReader(bytes);
        var entries = new ArrayList<GroupEntry>();
        var keys = new HashMap<ByteString, IdentityKey>();
        while (in.left() > 0) entries.add(EntryCodec.decode(in.bytes(in.u16()), keys));
        return List.copyOf(entries);
    }

    /** As many of the first ones as have no more than {@code bytesMax} in a row. */
    public static List<GroupEntry> fitting(List<GroupEntry> entries, int bytesMax) {
        int bytes = 0;
        int count = 0;
        for (var entry : entries) {
            bytes += LENGTH_BYTES + EntryCodec.encode(entry).size();
            if (bytes > bytesMax) break;
            count++;
        }
        return entries.subList(0, count);
    }

    private EntryRow() {}
}
