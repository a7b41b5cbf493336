package parley.peer.link;

import parley.messages.classic.Origin;
import parley.messages.classic.PeerMessage.PublicValue;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** Who says to be at the other end of an inbound link, and so which key opens what comes. Neither is authenticated. */
public sealed interface Conversation {
    Origin origin();

    /** @param theirs not yet known to be a safe value; the cipher refuses it if it is not */
    record WithContact(UserName contact, PublicValue theirs) implements Conversation {
        @Override
        public Origin origin() {
            return new Origin.User(contact);
        }
    }

    record WithGroup(GroupName group) implements Conversation {
        @Override
        public Origin origin() {
            return new Origin.Group(group);
        }
    }
}
