package parley.peer.file;

import java.nio.file.Path;
import parley.messages.name.UserName;
import parley.peer.contact.ContactCommand;
import parley.peer.talk.Happening;

/** What follows from something that is on disk. The first three are for the owner, the others are carried out here. */
public sealed interface FileEffect {
    /** For the owner of contacts. */
    record ToContact(UserName contact, ContactCommand command) implements FileEffect {}

    record Tell(Happening happening) implements FileEffect {}

    /** A file has come to rest: the history shows it. */
    record Came() implements FileEffect {}

    /** What becomes of files is this package's own business. */
    sealed interface Inward extends FileEffect permits Open, Meet, Shut, Gather, Name, Discard {}

    /** Its bytes may come or go from now on, and somebody is called for it when that is possible. */
    record Open(Ref ref) implements Inward {}

    /** The same, and the other side waits for it now: where nobody can be called, the two meet at the relay. */
    record Meet(Ref ref) implements Inward {}

    /** No more bytes of it. */
    record Shut(Ref ref, Why why) implements Inward {
        enum Why {
            PAUSED,
            CANCELLED,
            DECLINED,
            NOT_NOW
        }
    }

    /** All its pieces are in the vault: they become a file. */
    record Gather(CameFile file) implements Inward {}

    /** What it is called is written down. */
    record Name(CameFile file, CameFile.Naming naming) implements Inward {}

    /** Nothing of it is wanted any more. */
    record Discard(Ref ref) implements Inward {}

    /** Where a file of ours has come to rest, and what it looks like. */
    record Kept(Path path, String type) {}
}
