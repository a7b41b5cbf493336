package parley.peer.group;

import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.contact.ContactCommand;
import parley.peer.contact.Effect;
import parley.peer.talk.Mail;

/** What follows from something that is on disk; for whoever owns the groups. */
public sealed interface GroupEffect {
    /** For the cipher of that contact, who may be new. */
    record ToContact(UserName contact, ContactCommand command) implements GroupEffect {}

    record Tell(Mail mail) implements GroupEffect {}

    /**
     * A member offers a file. It stays in the inbox, and comes again after a start, until whoever has the files deletes
     * it there.
     */
    record FileCame(GroupName group, Effect.ForGroup what) implements GroupEffect {}

    /** That member will never be offered a file of ours. */
    record FileNotSent(UserName contact, MessageId file, String why) implements GroupEffect {}

    /** A text is in the history. */
    record TextCame() implements GroupEffect {}
}
