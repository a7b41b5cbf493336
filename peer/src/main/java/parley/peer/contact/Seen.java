package parley.peer.contact;

import java.util.Optional;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.store.Change;
import parley.peer.store.Tables;

/** That an envelope was received, for ever; what it held decides whether its receipt is said again. */
enum Seen {
    TEXT,
    OTHER;

    static Optional<Seen> look(Tables tables, UserName contact, MessageId id) {
        return tables.get(Places.SEEN, Places.of(contact, id))
                .map(stored -> new FieldReader(stored).flag() ? TEXT : OTHER);
    }

    Change of(UserName contact, MessageId id) {
        var value = new FieldWriter().u8(this == TEXT ? 1 : 0).toByteString();
        return new Change.Put(Places.SEEN, Places.of(contact, id), () -> value);
    }
}
