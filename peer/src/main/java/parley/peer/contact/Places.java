package parley.peer.contact;

import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldWriter;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;

/** Where the vault keeps what belongs to a contact. */
final class Places {
    static final String PROFILE = "contact";
    static final String SESSIONS = "sessions";
    static final String CHAIN = "chain";
    /** A chain that waits to be accepted. */
    static final String FORKED = "forked-chain";

    static final String OUTBOX = "outbox";
    static final String WAITING = "waiting";
    static final String SEEN = "seen";
    static final String GROUP_INBOX = "group-inbox";
    static final String FILE_INBOX = "file-inbox";

    static ByteString of(UserName contact) {
        return new FieldWriter().ascii(contact.text()).toByteString();
    }

    static ByteString of(UserName contact, long order) {
        return new FieldWriter().ascii(contact.text()).u63(order).toByteString();
    }

    /** What was received is known by contact and id: nobody spoils an id for somebody else. */
    static ByteString of(UserName contact, MessageId id) {
        return new FieldWriter().ascii(contact.text()).bytes(id.bytes()).toByteString();
    }

    private Places() {}
}
