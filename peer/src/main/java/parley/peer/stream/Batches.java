package parley.peer.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Chunks of a file on their way to the disk and into its hashes. Both take longer than all else that is done with them,
 * so that two other threads do them: one batch is filled while the one before is written and hashed.
 *
 * <pre>
 *   chunk ──► filling ──full, or a while has passed──► written ─┐
 *                ▲                                └──► hashed ──┴─► empty, to be filled next
 *                └────────────────────────────────────────────────────┘
 * </pre>
 */
final class Batches {
    /** 512 KiB: a disk writes fewer and larger pieces faster, and what is not written yet dies with us. */
    static final int CHUNKS_MAX = 8;

    static final int BYTES_MAX = CHUNKS_MAX * Lane.CHUNK_BYTES;

    /** After that a batch goes as it is: of a slow stream every chunk counts. */
    private static final long FILLING_NANOS_MAX = Duration.ofSeconds(1).toNanos();

    private final Target file;
    private final FileHashes hashes;
    private final Beside writing;
    private final Beside hashing;
    private ByteBuffer filling = ByteBuffer.allocate(BYTES_MAX);
    private ByteBuffer passed = ByteBuffer.allocate(BYTES_MAX);
    private int chunks;

    /** From then on nothing is written: it would stand where something else belongs. */
    private @Nullable IOException broken;

    private long passedNanos = System.nanoTime();

    /** Where they go, one after the other. */
    interface Target {
        void write(ByteBuffer batch) throws IOException;
    }

    /** @param others may be the pool in which we are called ourselves */
    Batches(Target file, FileHashes hashes, Executor others) {
        this.file = file;
        this.hashes = hashes;
        this.writing = new Beside(others);
        this.hashing = new Beside(others);
    }

    /**
     * @param chunk copied
     * @throws IOException because of this chunk or one before it
     */
    void add(ByteBuffer chunk) throws IOException {
        filling.put(chunk.duplicate());
        chunks++;
        if (chunks == CHUNKS_MAX || System.nanoTime() - passedNanos > FILLING_NANOS_MAX) pass();
    }

    private void pass() throws IOException {
        settle();
        int count = chunks;
        var batch = filling.flip();
        filling = passed.clear();
        chunks = 0;
        passed = batch;
        passedNanos = System.nanoTime();
        hashing.begin(() -> hashes.add(batch.duplicate(), count));
        writing.begin(() -> file.write(batch.duplicate()));
    }

    /** All that was added is written and hashed. */
    void finish() throws IOException {
        if (chunks > 0) pass();
        settle();
    }

    private void settle() throws IOException {
        if (broken != null) throw new IOException(broken);
        try {
            writing.finish();
            hashing.finish();
        } catch (IOException failed) {
            broken = failed;
            throw failed;
        }
    }
}
