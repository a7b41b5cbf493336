package parley.proving.power;

import java.nio.file.Path;
import org.apache.pekko.util.ByteString;

/** What a process has done, as interposer.c notes it. Inodes tell files apart while they exist. */
sealed interface Operation {
    /** {@code path} is new. */
    record Made(Path path, long inode) implements Operation {}

    record Opened(Path path, long inode) implements Operation {}

    record Written(Path path, long inode, int offset, ByteString bytes) implements Operation {}

    record Cut(Path path, long inode, int length) implements Operation {}

    /** A file or a folder. */
    record Synced(Path path, long inode) implements Operation {}

    record Renamed(Path from, Path to) implements Operation {}

    record Removed(Path path) implements Operation {}

    record Printed(long process, ByteString bytes) implements Operation {}

    /** Whether it may change what a power failure leaves of {@code folder}. */
    default boolean changes(Path folder) {
        return switch (this) {
            case Made made -> folder.equals(made.path.getParent());
            case Written written -> folder.equals(written.path.getParent());
            case Cut cut -> folder.equals(cut.path.getParent());
            case Synced synced -> folder.equals(synced.path) || folder.equals(synced.path.getParent());
            case Renamed renamed -> folder.equals(renamed.to.getParent());
            case Removed removed -> folder.equals(removed.path.getParent());
            case Opened opened -> false;
            case Printed printed -> false;
        };
    }
}
