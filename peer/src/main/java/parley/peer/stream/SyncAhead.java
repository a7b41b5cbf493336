package parley.peer.stream;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import parley.peer.transfer.Disk;

/**
 * Brings a file to the disk while it goes on being written, so that neither waits for the other and the sync at its end
 * has little left to do. One at a time.
 */
final class SyncAhead {
    private final Disk disk;
    private final FileChannel file;
    private final Executor beside;
    private @Nullable FutureTask<Void> running;

    /** @param beside where syncs run; may be the pool in which we are called ourselves */
    SyncAhead(Disk disk, FileChannel file, Executor beside) {
        this.disk = disk;
        this.file = file;
        this.beside = beside;
    }

    boolean isRunning() {
        return running != null && !running.isDone();
    }

    /**
     * All that was written so far, beside what follows.
     *
     * @throws IOException what the one before failed with
     */
    void begin() throws IOException {
        finish();
        var next = new FutureTask<Void>(() -> {
            disk.sync(file);
            return null;
        });
        running = next;
        beside.execute(next);
    }

    /** @throws IOException what the last one failed with */
    void finish() throws IOException {
        var last = running;
        if (last == null) return;
        running = null;
        // One that nobody has begun is done here: all threads of the pool may be waiting as we are.
        last.run();
        try {
            last.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException disk ? disk : new IOException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("stopped", stopped);
        }
    }
}
