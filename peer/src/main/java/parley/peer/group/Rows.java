package parley.peer.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.group.EntryCodec;
import parley.messages.group.GroupEntry;
import parley.messages.group.GroupLog;
import parley.messages.identity.IdentityKey;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.contact.Gaps;
import parley.peer.contact.Incoming;
import parley.peer.contact.Range;
import parley.peer.store.Change;
import parley.peer.store.Tables;

/**
 * Where the vault keeps what is known of groups: their logs, who wrote in them, and what was not read yet. What is to be
 * sent is in {@link LetterRows}.
 *
 * <pre>
 *   group          id 32                 version 1 | name | members 2 | next 8 | previous 32
 *   group-entry    id 32, sequence 4     version 1 | known since 8 | the entry
 *   group-writer   id 32, name           version 1 | identity 32 | expected 8 | last 32 | gaps 2, each from 8, to 8
 *   group-unread   id 32, message 16     version 1 | writer                         names: one byte of length before
 * </pre>
 */
final class Rows {
    private static final String GROUP = "group";
    private static final String ENTRY = "group-entry";
    private static final String WRITER = "group-writer";
    private static final String UNREAD = "group-unread";

    private static final int VERSION = 1;
    private static final int ID_BYTES = 32;

    record Known(ByteString id, GroupName name, int members, Written written) {}

    static List<Known> groups(Tables tables) {
        return tables.list(GROUP).stream()
                .map(row -> known(row.key(), row.value()))
                .toList();
    }

    static Optional<Known> group(ByteString id, Tables tables) {
        return tables.get(GROUP, id).map(row -> known(id, row));
    }

    private static Known known(ByteString id, ByteString row) {
        var in = FieldReader.of(row, VERSION);
        var known =
                new Known(id.compact(), new GroupName(in.ascii()), in.u16(), new Written(in.u63(), in.bytes(ID_BYTES)));
        in.end();
        return known;
    }

    static Change group(GroupLog log, Written written) {
        return new Change.Put(
                GROUP,
                log.id(),
                () -> out().ascii(log.name().text())
                        .u16(log.members().size())
                        .u63(written.next())
                        .bytes(written.previous())
                        .toByteString());
    }

    /** @param sinceMillis when it became known here */
    record StoredEntry(long sinceMillis, GroupEntry entry) {}

    static Optional<StoredEntry> entry(ByteString id, long sequence, Tables tables) {
        return tables.get(ENTRY, entryKey(id, sequence)).map(row -> {
            var in = FieldReader.of(row, VERSION);
            return new StoredEntry(in.u63(), EntryCodec.decode(in.bytes(in.left())));
        });
    }

    static Change entry(ByteString id, StoredEntry stored) {
        return new Change.Put(
                ENTRY,
                entryKey(id, stored.entry.draft().sequence()),
                () -> out().u63(stored.sinceMillis)
                        .bytes(EntryCodec.encode(stored.entry))
                        .toByteString());
    }

    private static ByteString entryKey(ByteString id, long sequence) {
        return new FieldWriter().bytes(id).u32(sequence).toByteString();
    }

    static Optional<Writer> writer(ByteString id, UserName name, Tables tables) {
        return tables.get(WRITER, named(id, name)).map(row -> {
            var in = FieldReader.of(row, VERSION);
            var identity = new IdentityKey(in.bytes(IdentityKey.BYTES));
            long expected = in.u63();
            var last = in.bytes(ID_BYTES);
            var ranges = new ArrayList<Range>();
            for (int count = in.u16(); count > 0; count--) ranges.add(new Range(in.u63(), in.u63()));
            in.end();
            return new Writer(identity, new Incoming(expected, last, new Gaps(ranges)));
        });
    }

    static Change writer(ByteString id, UserName name, Writer writer) {
        return new Change.Put(WRITER, named(id, name), () -> {
            var incoming = writer.incoming();
            var out = out().bytes(writer.identity().bytes())
                    .u63(incoming.expected())
                    .bytes(incoming.last())
                    .u16(incoming.gaps().ranges().size());
            incoming.gaps().ranges().forEach(range -> out.u63(range.from()).u63(range.to()));
            return out.toByteString();
        });
    }

    static Change forgotten(ByteString id, UserName writer) {
        return new Change.Delete(WRITER, named(id, writer));
    }

    record Unread(MessageId id, UserName writer) {}

    static List<Unread> unread(ByteString group, Tables tables) {
        return tables.list(UNREAD).stream()
                .filter(row -> row.key().take(ID_BYTES).equals(group))
                .map(row -> {
                    var in = FieldReader.of(row.value(), VERSION);
                    return new Unread(new MessageId(row.key().drop(ID_BYTES)), new UserName(in.ascii()));
                })
                .toList();
    }

    static Change unread(ByteString group, Unread unread) {
        return new Change.Put(
                UNREAD,
                group.concat(unread.id.bytes()),
                () -> out().ascii(unread.writer.text()).toByteString());
    }

    static Change read(ByteString group, MessageId id) {
        return new Change.Delete(UNREAD, group.concat(id.bytes()));
    }

    private static ByteString named(ByteString id, UserName name) {
        return new FieldWriter().bytes(id).ascii(name.text()).toByteString();
    }

    private static FieldWriter out() {
        return new FieldWriter().u8(VERSION);
    }

    private Rows() {}
}
