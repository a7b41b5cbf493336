package parley.peer.transfer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.pekko.util.ByteString;

/**
 * A file that is being received, private until it has all of its bytes. Every call blocks; one thread at a time.
 *
 * <pre>
 *   open --write--> open --keep--> kept under its final name
 *     `------------- discard ----> gone
 * </pre>
 *
 * It is locked while it is open: another peer that starts in the same folder can tell it from what a crash has left.
 */
final class Part {
    private static final String PREFIX = ".parley-";
    private static final String SUFFIX = ".part";

    /** Bytes. The disk works along, so that the sync at the end of a big file is not what takes longest. */
    private static final long SYNC_EVERY = 16L << 20;

    /** Bytes. How far a file may eat into what is kept free before that is noticed. */
    private static final long ROOM_CHECKED_EVERY = 1L << 20;

    /** Names tried. Somebody who sends more files of one name can do without the next. */
    private static final int NUMBER_MAX = 9_999;

    private final Disk disk;
    private final TransferSettings settings;
    private final Path folder;
    private final Path path;
    private final FileChannel file;
    private final MessageDigest digest;
    private long bytes;

    /** Exclusively made, so that no link or file that waits there is followed or overwritten. */
    static Part create(Disk disk, TransferSettings settings, Path folder) throws IOException {
        NoRoom.unlessKeptFree(disk, folder, settings.diskKeptFreePercent());
        var path = folder.resolve(
                PREFIX + Long.toHexString(ThreadLocalRandom.current().nextLong()) + SUFFIX);
        var file = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                OwnerOnly.file(folder));
        file.tryLock();
        return new Part(disk, settings, folder, path, file);
    }

    /** Removes parts that nobody holds any more. */
    static void clearStale(Path folder) throws IOException {
        try (var parts = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (var part : parts) {
                if (Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS) && isAbandoned(part))
                    Files.deleteIfExists(part);
            }
        }
    }

    private static boolean isAbandoned(Path part) {
        try (var file = FileChannel.open(part, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                var lock = file.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException ours) {
            return false;
        } catch (IOException gone) {
            return false;
        }
    }

    private Part(Disk disk, TransferSettings settings, Path folder, Path path, FileChannel file) {
        this.disk = disk;
        this.settings = settings;
        this.folder = folder;
        this.path = path;
        this.file = file;
        this.digest = Sha256.begin();
    }

    void write(List<ByteString> batch) throws IOException {
        long before = bytes;
        for (var chunk : batch) bytes += chunk.size();
        if (bytes > settings.fileBytesMax()) {
            throw new IOException("longer than the %d MiB that are accepted".formatted(settings.fileBytesMax() >> 20));
        }
        for (var chunk : batch) {
            var buffer = chunk.asByteBuffer();
            digest.update(buffer.duplicate());
            disk.write(file, buffer);
        }
        if (passed(before, ROOM_CHECKED_EVERY)) NoRoom.unlessKeptFree(disk, folder, settings.diskKeptFreePercent());
        if (passed(before, SYNC_EVERY)) disk.sync(file);
    }

    private boolean passed(long before, long step) {
        return before / step != bytes / step;
    }

    /** Syncs it and gives it the first free of {@code pic.bin}, {@code pic (1).bin}, … */
    Downloads.Stored keep(String name) throws IOException {
        disk.sync(file);
        var kept = named(name);
        orElseRemove(kept, () -> disk.syncFolder(folder));
        file.close();
        return new Downloads.Stored(
                kept.toAbsolutePath(),
                kept.getFileName().toString(),
                bytes,
                HexFormat.of().formatHex(digest.digest()));
    }

    private Path named(String name) throws IOException {
        for (int number = 0; number <= NUMBER_MAX; number++) {
            var free = folder.resolve(number == 0 ? name : FileNames.numbered(name, number));
            try {
                moveTo(free);
                return free;
            } catch (FileAlreadyExistsException taken) {
                // The next number, then.
            }
        }
        throw new IOException("%d files of that name are there already".formatted(NUMBER_MAX + 1));
    }

    private void moveTo(Path free) throws IOException {
        try {
            disk.link(free, path);
            Files.delete(path);
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            // Some file systems know no links. An empty file of ours holds the name then until it is replaced.
            Files.createFile(free);
            orElseRemove(free, () -> Files.move(path, free, StandardCopyOption.REPLACE_EXISTING));
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    /** The final name stands for a file that is whole and on disk, or for none. */
    private static void orElseRemove(Path named, Step step) throws IOException {
        try {
            step.run();
        } catch (IOException failure) {
            Files.deleteIfExists(named);
            throw failure;
        }
    }

    void discard() {
        try {
            file.close();
            Files.deleteIfExists(path);
        } catch (IOException left) {
            // It goes at the next start, as after a crash.
        }
    }
}
