package parley.peer.group;

import parley.messages.name.UserName;
import parley.peer.contact.ContactCommand;
import parley.peer.talk.Mail;

/** What follows from something that is on disk; for whoever owns the groups. */
public sealed interface GroupEffect {
    /** For the cipher of that contact, who may be new. */
    record ToContact(UserName contact, ContactCommand command) implements GroupEffect {}

    record Tell(Mail mail) implements GroupEffect {}

    /** A text is in the history. */
    record TextCame() implements GroupEffect {}
}
