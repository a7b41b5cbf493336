package parley.peer.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import parley.peer.vault.VaultRefused.Reason;

/** Two writers would use one key chain twice, so a vault has one holder. The system frees it however that one ends. */
final class VaultLock implements AutoCloseable {
    /** One byte that nobody writes: where locks are mandatory, the process id before it stays readable. */
    private static final long LOCKED_AT = Long.MAX_VALUE - 1;

    /**
     * What this process holds. It must not even open a lock file that it holds: closing any channel on a file drops all
     * locks that the process has on it (POSIX fcntl).
     */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private VaultLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws VaultRefused IN_USE if another holds it */
    static VaultLock take(VaultFiles files) throws IOException {
        var file = files.lock();
        if (!OURS.add(file))
            throw inUse(files, Long.toString(ProcessHandle.current().pid()));
        try {
            return lock(files, VaultFiles.madePrivate(file));
        } catch (IOException | RuntimeException failed) {
            OURS.remove(file);
            throw failed;
        }
    }

    private static VaultLock lock(VaultFiles files, Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock(LOCKED_AT, 1, false) == null)
                throw inUse(files, Files.readString(file).strip());
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new VaultLock(file, channel);
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private static VaultRefused inUse(VaultFiles files, String process) {
        var holder = process.matches("\\d{1,19}") ? " (process %s)".formatted(process) : "";
        return new VaultRefused(
                Reason.IN_USE, "The vault %s is open already%s; close that one".formatted(files.vault(), holder));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            // The system frees the lock with the process at the latest; nobody could do more about it.
        } finally {
            OURS.remove(file);
        }
    }
}
