package parley.peer.contact;

import java.util.Optional;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.store.Change;
import parley.peer.store.Tables;

/** That an envelope was received, for ever; what it held decides whether its receipt is said again. */
enum Seen {
    OTHER(0),
    TEXT(1),
    /** In a group in which receipts are sent. */
    GROUP_TEXT(2);

    private final int number;

    Seen(int number) {
        this.number = number;
    }

    static Optional<Seen> look(Tables tables, UserName contact, MessageId id) {
        return tables.get(Places.SEEN, Places.of(contact, id)).map(stored -> of(new FieldReader(stored).u8()));
    }

    private static Seen of(int number) {
        for (var seen : values()) if (seen.number == number) return seen;
        throw new MalformedFields("seen %d, expected 0 to 2".formatted(number));
    }

    Change of(UserName contact, MessageId id) {
        var value = new FieldWriter().u8(number).toByteString();
        return new Change.Put(Places.SEEN, Places.of(contact, id), () -> value);
    }
}
