package parley.peer.talk;

import java.util.List;
import java.util.Optional;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** What commands about files between modern accounts answer. */
public sealed interface FileAnswer extends ModernAnswer {
    /**
     * Safely on disk that it is to be sent; what becomes of it is told by {@link Mail.Moved} and {@link FileMail}.
     *
     * @param members to whom it goes
     */
    record Queued(String id, Party to, int members, String name, long bytes) implements FileAnswer {}

    /** Those that are not over, the oldest first. */
    record Transfers(List<Transfer> transfers) implements FileAnswer {
        public Transfers {
            transfers = List.copyOf(transfers);
        }
    }

    /** @param bytes that are there so far, as far as is known */
    record Transfer(
            String id,
            Optional<GroupName> group,
            Happening.Way way,
            UserName with,
            String name,
            long bytes,
            long total,
            State state) {}

    enum State {
        /** For the other side, or for its turn. */
        WAITING,
        UNDER_WAY,
        PAUSED,
        /** There is no room at the receiver. */
        NO_ROOM,
        /** For our ACCEPT. */
        ASKING
    }

    /** A transfer was paused, goes on, was accepted, or will be no more. */
    record Changed(String id, String name) implements FileAnswer {}
}
