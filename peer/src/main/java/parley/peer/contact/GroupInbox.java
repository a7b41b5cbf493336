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
 * What contacts said in groups and was not yet taken there, by contact and id.
 *
 * <pre>
 *   version 1 | number 8 | identity 32 | content, to the end       number: in the order of arrival from this contact
 * </pre>
 *
 * Whoever has the groups deletes from it, without a word to the contact: so the contact counts what it puts there as an
 * upper bound, and looks anew when that is near its room.
 */
public final class GroupInbox {
    private static final int VERSION = 1;

    /** Contents of one contact that wait for their group. */
    static final int ROWS_MAX = 1_000;

    /** The same in bytes, but for the last one. */
    static final long BYTES_MAX = 16 * 1024 * 1024;

    /** All that is there: of each contact in the order in which it came. */
    public static List<Effect.ForGroup> waiting(Tables tables) {
        return tables.list(Places.GROUP_INBOX).stream()
                .map(GroupInbox::decode)
                .sorted(Comparator.comparing((Numbered row) -> row.what.contact())
                        .thenComparingLong(Numbered::number))
                .map(Numbered::what)
                .toList();
    }

    /** It was taken where it belongs, or dropped. */
    public static Change taken(UserName contact, MessageId id) {
        return new Change.Delete(Places.GROUP_INBOX, Places.of(contact, id));
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

        Held with(Content.InGroup content) {
            return new Held(
                    next + 1, rows + 1, bytes + ContentCodec.encode(content).size());
        }
    }

    static Held count(UserName contact, Tables tables) {
        var held = Held.NONE;
        for (var row : tables.list(Places.GROUP_INBOX)) {
            if (!new FieldReader(row.key()).ascii().equals(contact.text())) continue;
            var there = decode(row);
            var more = held.with(there.what.content());
            held = new Held(Math.max(held.next, there.number + 1), more.rows, more.bytes);
        }
        return held;
    }

    static Change put(long number, Effect.ForGroup what) {
        return new Change.Put(
                Places.GROUP_INBOX,
                Places.of(what.contact(), what.content().id()),
                () -> new FieldWriter()
                        .u8(VERSION)
                        .u63(number)
                        .bytes(what.identity().bytes())
                        .bytes(ContentCodec.encode(what.content()))
                        .toByteString());
    }

    private record Numbered(long number, Effect.ForGroup what) {}

    private static Numbered decode(Tables.Row row) {
        var key = new FieldReader(row.key());
        var contact = new UserName(key.ascii());
        var id = MessageId.read(key);
        var in = new FieldReader(row.value());
        int version = in.u8();
        if (version != VERSION) throw new MalformedFields("version %d, expected %d".formatted(version, VERSION));
        long number = in.u63();
        var identity = identity(in.bytes(IdentityKey.BYTES));
        if (!(ContentCodec.decode(id, in.bytes(in.left())) instanceof Content.InGroup content))
            throw new MalformedFields("no group's content in a group's inbox");
        return new Numbered(number, new Effect.ForGroup(contact, identity, content));
    }

    private static IdentityKey identity(ByteString bytes) {
        try {
            return new IdentityKey(bytes);
        } catch (BadKey bad) {
            throw new MalformedFields(String.valueOf(bad.getMessage()));
        }
    }

    private GroupInbox() {}
}
