package parley.peer.contact;

import parley.messages.name.UserName;
import parley.messages.wire.MessageId;

/** The files that the account sends, or was offered, and that are not over. Any thread may ask. */
public interface WantedFiles {
    /** Nothing is known of any. */
    WantedFiles NONE = (contact, file) -> false;

    /** Whether what that contact says of it is kept, even if he is a stranger: a member of a group may be one. */
    boolean wants(UserName contact, MessageId file);
}
