package parley.peer.transfer;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What can fail for want of room, passed in so that it can be made to fail. Every call blocks. */
public interface Disk {
    Disk REAL = new Disk() {};

    default void write(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) file.write(bytes);
    }

    /** Whether large files may go past the system's cache, where that can be done. */
    default boolean takesUncached() {
        return true;
    }

    default void sync(FileChannel file) throws IOException {
        file.force(true);
    }

    /** A new name lasts only when its folder is on disk too. */
    default void syncFolder(Path folder) throws IOException {
        try (var entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    /** A second name for the same file; fails if there is one of that name. */
    default void link(Path name, Path existing) throws IOException {
        Files.createLink(name, existing);
    }

    default long usableBytes(Path folder) throws IOException {
        return there(folder).getUsableSpace();
    }

    default long totalBytes(Path folder) throws IOException {
        return there(folder).getTotalSpace();
    }

    /** Not its file store: to find that one reads the list of all mounts, which is asked for each MiB of a file. */
    private static File there(Path folder) throws IOException {
        var there = folder.toFile();
        if (there.getTotalSpace() == 0) throw new NoSuchFileException(folder.toString());
        return there;
    }
}
