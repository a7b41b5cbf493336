package parley.peer.stream;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What takes its time, done by another thread while we go on: bringing a file to the disk, hashing it. One task at a
 * time. For one thread.
 */
final class Beside {
    private final Executor others;
    private @Nullable FutureTask<Void> running;

    /** @param others may be the pool in which we are called ourselves */
    Beside(Executor others) {
        this.others = others;
    }

    /** What may fail as the disk does. */
    interface Task {
        void run() throws IOException;
    }

    boolean isRunning() {
        return running != null && !running.isDone();
    }

    /**
     * As soon as the one before is done.
     *
     * @throws IOException what the one before failed with
     */
    void begin(Task task) throws IOException {
        finish();
        var next = new FutureTask<Void>(() -> {
            task.run();
            return null;
        });
        running = next;
        try {
            others.execute(next);
        } catch (RejectedExecutionException ending) {
            // The program ends: it is done here when it is needed.
        }
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
