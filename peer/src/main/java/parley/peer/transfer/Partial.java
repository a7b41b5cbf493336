package parley.peer.transfer;

import java.nio.file.Path;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;

/** What a modern file is called while it is not whole. */
public final class Partial {
    /** Two accounts may share a folder, and anybody may choose an id that somebody else has chosen. */
    public static Path path(Path folder, UserName own, UserName from, MessageId file) {
        return folder.resolve(".parley-%s-%s-%s.partial".formatted(own, from, file));
    }

    private Partial() {}
}
