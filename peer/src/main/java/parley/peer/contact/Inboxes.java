package parley.peer.contact;

import parley.messages.name.UserName;
import parley.peer.store.Tables;

/** At most so much of what one contact said was not taken yet where it belongs. */
record Inboxes(Inbox.Held groups, Inbox.Held files) {
    static final Inboxes EMPTY = new Inboxes(Inbox.Held.NONE, Inbox.Held.NONE);

    static Inboxes count(UserName contact, Tables tables) {
        return new Inboxes(Inbox.GROUPS.count(contact, tables), Inbox.FILES.count(contact, tables));
    }

    /** With numbers that were not used before. */
    Inboxes notBefore(Inboxes other) {
        return new Inboxes(groups.notBefore(other.groups), files.notBefore(other.files));
    }

    /** Whether it is time to look what is really there. */
    boolean isFilling() {
        return groups.isFilling() || files.isFilling();
    }

    /** Whether there is room where there was none in {@code before}. */
    boolean hasRoomAgain(Inboxes before) {
        return (groups.hasRoom() && !before.groups.hasRoom()) || (files.hasRoom() && !before.files.hasRoom());
    }

    Inboxes withGroups(Inbox.Held now) {
        return new Inboxes(now, files);
    }

    Inboxes withFiles(Inbox.Held now) {
        return new Inboxes(groups, now);
    }
}
