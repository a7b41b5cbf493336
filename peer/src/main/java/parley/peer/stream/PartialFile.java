package parley.peer.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.apache.pekko.util.ByteString;
import parley.peer.transfer.Disk;
import parley.peer.transfer.NoRoom;
import parley.peer.transfer.OwnerOnly;
import parley.peer.transfer.Partial;

/**
 * A file that is being received: private, locked, written chunk after chunk, and kept when a stream breaks. All calls
 * block.
 */
final class PartialFile implements AutoCloseable {
    /** Chunks, 16 MiB. */
    private static final int SYNC_EVERY = 256;

    /** Chunks, 128 MiB: how far the disk may be behind. A second or two of its work, and of ours if it loses it. */
    private static final int BEHIND_MAX = 2_048;

    /** Chunks, 1 MiB. How far a file may eat into what is kept free before that is noticed. */
    private static final int ROOM_CHECKED_EVERY = 16;

    private final Lane lane;
    private final Disk disk;
    private final Path folder;
    private final int keptFreePercent;
    private final FileChannel file;

    private final Optional<Uncached> uncached;
    private final Executor others;
    private final Beside syncs;
    private FileHashes hashes = new FileHashes();
    private Batches batches;
    private long chunks;

    /** Bytes; that and the next for whoever writes a batch. */
    private long written;

    private boolean refused;

    private long begunToSync;
    private long synced;

    /**
     * What an earlier stream has left is read: only whole chunks count.
     *
     * @param others sync and hash while more is written
     */
    static PartialFile open(Disk disk, Lane lane, Path folder, int keptFreePercent, Executor others)
            throws IOException {
        Partial.unlessThereMake(folder);
        NoRoom.unlessKeptFree(disk, folder, keptFreePercent);
        var path = Partial.path(folder, lane.own(), lane.with(), lane.file());
        var file = FileChannel.open(
                path,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                OwnerOnly.file(folder));
        // Before the lock: closing any channel of a file gives up all locks of it.
        var uncached = disk.takesUncached() ? Uncached.open(path, Batches.BYTES_MAX) : Optional.<Uncached>empty();
        try {
            lock(file);
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) throw new IOException("not a regular file");
            var partial = new PartialFile(disk, lane, folder, keptFreePercent, file, uncached, others);
            partial.readOn();
            return partial;
        } catch (IOException failed) {
            close(file, uncached);
            throw failed;
        }
    }

    private PartialFile(
            Disk disk,
            Lane lane,
            Path folder,
            int keptFreePercent,
            FileChannel file,
            Optional<Uncached> uncached,
            Executor others) {
        this.disk = disk;
        this.lane = lane;
        this.folder = folder;
        this.keptFreePercent = keptFreePercent;
        this.file = file;
        this.uncached = uncached;
        this.others = others;
        this.syncs = new Beside(others);
        this.batches = new Batches(this::toDisk, hashes, others);
    }

    private static void lock(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            if (lock == null) throw new IOException("another program writes it");
        } catch (OverlappingFileLockException ours) {
            throw new IOException("it is being written already", ours);
        }
    }

    private void readOn() throws IOException {
        long left = Math.min(file.size(), lane.size());
        var bytes = new byte[Lane.CHUNK_BYTES];
        while (left > 0 && left >= lane.chunkBytes(chunks)) {
            int length = lane.chunkBytes(chunks);
            var into = ByteBuffer.wrap(bytes, 0, length);
            while (into.hasRemaining()) if (file.read(into) < 0) throw new IOException("it has become shorter");
            hashes.add(into.flip(), 1);
            chunks++;
            left -= length;
        }
        file.truncate(bytes());
        written = bytes();
    }

    private void toDisk(ByteBuffer batch) throws IOException {
        int length = batch.remaining();
        // The last chunk of a file may be none that goes there.
        boolean fits = length % Lane.CHUNK_BYTES == 0;
        if (!fits || !pastTheCache(batch.duplicate())) disk.write(file.position(written), batch);
        written += length;
    }

    /** Not every disk that says so takes it; the usual way tells whether something else is the matter. */
    private boolean pastTheCache(ByteBuffer batch) throws IOException {
        if (uncached.isEmpty() || refused) return false;
        try {
            uncached.get().write(batch, written, disk);
        } catch (IOException failed) {
            if (NoRoom.is(failed)) throw failed;
            refused = true;
        }
        return !refused;
    }

    /** How many are here. */
    long chunks() {
        return chunks;
    }

    long bytes() {
        return Math.min(lane.size(), chunks * Lane.CHUNK_BYTES);
    }

    void write(ByteBuffer chunk) throws IOException {
        if (chunks % ROOM_CHECKED_EVERY == 0) NoRoom.unlessKeptFree(disk, folder, keptFreePercent);
        onDisk(() -> batches.add(chunk));
        chunks++;
        // What goes past the cache leaves nothing to be brought to the disk.
        if (chunks % SYNC_EVERY == 0 && uncached.isEmpty()) onDisk(this::syncAhead);
    }

    private void syncAhead() throws IOException {
        if (syncs.isRunning() && chunks - begunToSync < BEHIND_MAX) return;
        batches.finish();
        finishSync();
        syncs.begin(() -> disk.sync(file));
        begunToSync = chunks;
    }

    /** What a sync has refused may look as if it were on disk ever after: it is to come again. */
    private void finishSync() throws IOException {
        try {
            syncs.finish();
            synced = begunToSync;
        } catch (IOException refused) {
            file.truncate(synced * Lane.CHUNK_BYTES);
            throw refused;
        }
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void onDisk(Step step) throws IOException {
        try {
            step.run();
        } catch (IOException failed) {
            if (NoRoom.is(failed)) throw new NoRoom("the disk is full");
            throw failed;
        }
    }

    ByteString root() throws IOException {
        onDisk(batches::finish);
        return hashes.root();
    }

    void sync() throws IOException {
        onDisk(() -> {
            batches.finish();
            finishSync();
            disk.sync(file);
            disk.syncFolder(folder);
        });
    }

    /** Lower-case hex of what is in it. Once. */
    String sha256() {
        return hashes.sha256();
    }

    /** All of it is thrown away. */
    void beginAnew() throws IOException {
        file.truncate(0);
        written = 0;
        hashes = new FileHashes();
        batches = new Batches(this::toDisk, hashes, others);
        chunks = 0;
        begunToSync = 0;
        synced = 0;
    }

    @Override
    public void close() {
        try {
            batches.finish();
        } catch (IOException left) {
            // What is on disk is read again by the next stream.
        } finally {
            close(file, uncached);
        }
    }

    private static void close(FileChannel file, Optional<Uncached> uncached) {
        try (file) {
            if (uncached.isPresent()) uncached.get().close();
        } catch (IOException left) {
            // Nothing was kept back.
        }
    }
}
