package parley.peer.contact;

import java.util.Comparator;
import java.util.List;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.identity.BadKey;
import parley.messages.identity.IdentityKey;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.ContentCodec;
import parley.messages.wire.MessageId;
import parley.peer.store.Change;
import parley.peer.store.Tables;

/**
 * What contacts said that belongs to no conversation with them, and was not yet taken where it belongs, by contact and
 * id.
 *
 * <pre>
 *   version 1 | number 8 | identity 32 | content, to the end       number: in the order of arrival from this contact
 * </pre>
 *
 * Whoever has the groups, or the files, deletes from it, without a word to the contact: so the contact counts what it puts there as an
 * upper bound, and looks anew when that is near its room.
 */
public final class Inbox<C extends Content, E extends Effect.Handed<C>> {
    /** What was said in groups. */
    public static final Inbox<Content.InGroup, Effect.ForGroup> GROUPS =
            new Inbox<>(Places.GROUP_INBOX, Content.InGroup.class, Effect.ForGroup::new);

    /** What was said of files. */
    public static final Inbox<Content.OfFile, Effect.ForFiles> FILES =
            new Inbox<>(Places.FILE_INBOX, Content.OfFile.class, Effect.ForFiles::new);

    private static final int VERSION = 1;

    /** Contents of one contact that wait to be taken. */
    static final int ROWS_MAX = 1_000;

    /** The same in bytes, but for the last one. */
    static final long BYTES_MAX = 16 * 1024 * 1024;

    private interface Handing<C, E> {
        E of(UserName contact, IdentityKey identity, C content);
    }

    private final String table;
    private final Class<C> kind;
    private final Handing<C, E> handing;

    private Inbox(String table, Class<C> kind, Handing<C, E> handing) {
        this.table = table;
        this.kind = kind;
        this.handing = handing;
    }

    /** All that is there: of each contact in the order in which it came. */
    public List<E> waiting(Tables tables) {
        return tables.list(table).stream()
                .map(this::decode)
                .sorted(Comparator.comparing((Numbered<C, E> row) -> row.what.contact())
                        .thenComparingLong(Numbered::number))
                .map(Numbered::what)
                .toList();
    }

    /** It was taken where it belongs, or dropped. */
    public Change taken(UserName contact, MessageId id) {
        return new Change.Delete(table, Places.of(contact, id));
    }

    /**
     * At most so much of one contact is there.
     *
     * @param next the number of the next row
     */
    record Held(long next, int rows, long bytes) {
        static final Held NONE = new Held(1, 0, 0);

        /** With numbers that were not used before. */
        Held notBefore(Held other) {
            return new Held(Math.max(next, other.next), rows, bytes);
        }

        boolean hasRoom() {
            return rows < ROWS_MAX && bytes < BYTES_MAX;
        }

        /** Whether it is time to look what is really there. */
        boolean isFilling() {
            return rows >= ROWS_MAX / 2 || bytes >= BYTES_MAX / 2;
        }

        Held with(Content content) {
            return new Held(
                    next + 1, rows + 1, bytes + ContentCodec.encode(content).size());
        }
    }

    Held count(UserName contact, Tables tables) {
        var held = Held.NONE;
        for (var row : tables.list(table)) {
            if (!new FieldReader(row.key()).ascii().equals(contact.text())) continue;
            var there = decode(row);
            var more = held.with(there.what.content());
            held = new Held(Math.max(held.next, there.number + 1), more.rows, more.bytes);
        }
        return held;
    }

    Change put(long number, E what) {
        return new Change.Put(
                table,
                Places.of(what.contact(), what.content().id()),
                () -> new FieldWriter()
                        .u8(VERSION)
                        .u63(number)
                        .bytes(what.identity().bytes())
                        .bytes(ContentCodec.encode(what.content()))
                        .toByteString());
    }

    private record Numbered<C extends Content, E extends Effect.Handed<C>>(long number, E what) {}

    private Numbered<C, E> decode(Tables.Row row) {
        var key = new FieldReader(row.key());
        var contact = new UserName(key.ascii());
        var id = MessageId.read(key);
        var in = new FieldReader(row.value());
        in.version(VERSION);
        long number = in.u63();
        var identity = identity(in.bytes(IdentityKey.BYTES));
        var content = ContentCodec.decode(id, in.bytes(in.left()));
        if (!kind.isInstance(content)) throw new MalformedFields("another content than belongs in " + table);
        return new Numbered<>(number, handing.of(contact, identity, kind.cast(content)));
    }

    private static IdentityKey identity(ByteString bytes) {
        try {
            return new IdentityKey(bytes);
        } catch (BadKey bad) {
            throw new MalformedFields(String.valueOf(bad.getMessage()));
        }
    }
}
