package parley.registry.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Two writers would ruin a journal, so a folder has one holder. The system frees it however that one ends. */
final class FolderLock implements AutoCloseable {
    static final String NAME = "lock";

    /** One byte that nobody writes: where locks are mandatory, the process id before it stays readable. */
    private static final long LOCKED_AT = Long.MAX_VALUE - 1;

    /**
     * What this process holds. It must not even open a lock file that it holds: closing any channel on a file drops all
     * locks that the process has on it (POSIX fcntl).
     */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** @throws FolderInUse if another holds it */
    static FolderLock take(Path folder) throws IOException {
        if (!OURS.add(folder))
            throw inUse(folder, Long.toString(ProcessHandle.current().pid()));
        try {
            return lock(folder);
        } catch (IOException | RuntimeException failed) {
            OURS.remove(folder);
            throw failed;
        }
    }

    private static FolderLock lock(Path folder) throws IOException {
        var file = PrivateFiles.file(folder.resolve(NAME));
        var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock(LOCKED_AT, 1, false) == null)
                throw inUse(folder, Files.readString(file).strip());
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new FolderLock(folder, channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static FolderInUse inUse(Path folder, String process) {
        var holder = process.matches("\\d{1,19}") ? " (process %s)".formatted(process) : "";
        return new FolderInUse("Data folder %s is in use by another registry%s; stop that one or choose another folder"
                .formatted(folder, holder));
    }

    @Override
    public void close() throws IOException {
        channel.close();
        OURS.remove(folder);
    }
}
