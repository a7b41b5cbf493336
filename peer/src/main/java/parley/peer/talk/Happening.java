package parley.peer.talk;

import java.nio.file.Path;
import java.util.Optional;
import parley.messages.name.Address;
import parley.messages.name.UserName;

/**
 * Everything that a peer has to tell. Texts and names are as they came: whoever shows them to a person makes them
 * printable first.
 */
public sealed interface Happening
        permits Happening.Ready,
                Happening.Started,
                Happening.RegistryLost,
                Happening.RegistryBack,
                Happening.SignedOut,
                Happening.TextCame,
                Happening.FileCame,
                Happening.Progress,
                Happening.FileFailed,
                Happening.Notice,
                Happening.Done,
                Happening.Failed,
                Mail {
    /** A modern peer takes commands; once, at the start. */
    record Started() implements Happening {}

    /** Links are accepted at {@code at}; once, at the start. */
    record Ready(Address at) implements Happening {}

    /** The registry went away; commands that need it fail until it is {@link RegistryBack}. */
    record RegistryLost(String why) implements Happening {}

    /** The registry is there again, and whoever was signed in is so again. */
    record RegistryBack() implements Happening {}

    /** A modern account was signed in and is no longer: another took its place, or the registry refuses it now. */
    record SignedOut(UserName user) implements Happening {}

    record TextCame(Party from, String text) implements Happening {}

    /**
     * A file is whole, on disk and has its final name.
     *
     * @param name as its sender called it, made safe
     * @param path where it is
     * @param sha256 of its content, in lower-case hex
     * @param maybePadded whether its last bytes may be a classic sender's padding
     */
    record FileCame(Party from, String name, Path path, long bytes, String sha256, boolean maybePadded)
            implements Happening {}

    /**
     * A file is under way; at most a few times a second for each.
     *
     * @param id tells transfers of one process apart
     * @param total bytes, or -1 where it isn't known: classic senders don't say
     * @param file what a modern file is called by both; empty for a classic one, which has no such name
     */
    record Progress(long id, Way way, Party with, String name, long bytes, long total, Optional<String> file)
            implements Happening {
        public Progress(long id, Way way, Party with, String name, long bytes, long total) {
            this(id, way, with, name, bytes, total, Optional.empty());
        }
    }

    /** A file that was announced or begun and did not arrive; nothing is left under its final name. */
    record FileFailed(Party from, String name, String why) implements Happening {}

    /** One line worth knowing that answers no command, such as a malformed peer that was dropped. */
    record Notice(String text) implements Happening {}

    /** A command ended well. Each command ends once, with this or with {@link Failed}. */
    record Done(String command, Answer answer) implements Happening {}

    record Failed(String command, String why) implements Happening {}

    enum Way {
        IN,
        OUT
    }
}
