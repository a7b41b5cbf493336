package parley.peer.talk;

import java.nio.file.Path;
import java.util.Optional;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** What becomes of files between modern accounts. Each is named by its id, 32 hex digits, the same at both ends. */
public sealed interface FileMail extends Mail {
    /**
     * A file is whole, on disk, and has its final name.
     *
     * @param name as its sender called it, made safe
     * @param path where it is
     * @param sha256 of its content, in lower-case hex
     * @param type what its first bytes look like, such as {@code image/png}; nobody opens it
     * @param cursor its place among all that came, as a text's
     */
    record Came(
            String id,
            Optional<GroupName> group,
            UserName from,
            String name,
            Path path,
            long bytes,
            String sha256,
            String type,
            long cursor)
            implements FileMail {}

    /** It does not begin by itself: ACCEPT or CANCEL. */
    record Offered(String id, Optional<GroupName> group, UserName from, String name, long bytes, String why)
            implements FileMail {}

    /** It stands still for a reason that somebody has to know; it goes on by itself, or with RESUME. */
    record Held(String id, Optional<GroupName> group, Happening.Way way, UserName with, String name, String why)
            implements FileMail {}

    /** It is over, and did not arrive. */
    record Failed(String id, Optional<GroupName> group, Happening.Way way, UserName with, String name, String why)
            implements FileMail {}
}
