package parley.peer.store;

import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;

/**
 * How far our texts have come, by their ids.
 *
 * <pre>
 *   version 1 | name length 1, name | reach 1
 * </pre>
 */
record Marks(UserName contact, Reach reach) {
    static final String TABLE = "mark";
    private static final int VERSION = 1;

    static ByteString key(MessageId id) {
        return id.bytes();
    }

    static Optional<Reach> of(MessageId id, Tables tables) {
        return tables.get(TABLE, key(id)).map(stored -> decode(stored).reach);
    }

    /** Whether {@code change} may follow what is there. */
    static boolean takes(Optional<Marks> before, Change.Mark change) {
        if (change.reach() == Reach.QUEUED) return before.isEmpty();
        return before.filter(mark -> mark.contact.equals(change.contact()))
                .filter(mark -> mark.reach.compareTo(change.reach()) < 0)
                .isPresent();
    }

    ByteString encode() {
        return new FieldWriter()
                .u8(VERSION)
                .ascii(contact.text())
                .u8(reach.number())
                .toByteString();
    }

    static Marks decode(ByteString bytes) {
        var in = new FieldReader(bytes);
        int version = in.u8();
        if (version != VERSION) throw new MalformedFields("version %d, expected %d".formatted(version, VERSION));
        var mark = new Marks(new UserName(in.ascii()), Reach.of(in.u8()));
        in.end();
        return mark;
    }
}
