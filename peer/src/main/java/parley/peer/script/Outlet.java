package parley.peer.script;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lines to a stream that may block, from one thread of its own.
 *
 * <pre>
 *   open --IOException--&gt; broken      lines fail, the owner is told once
 *   open --close--&gt; closed            what was waiting is written first
 * </pre>
 *
 * What is waiting is written and flushed together, so that a burst costs one system call and not one for each line.
 */
public final class Outlet implements AutoCloseable {
    /** Lines. What is taken from the queue for one flush. */
    private static final int BATCH_MAX = 1024;

    /** How long a reader that reads nothing more can hold up the end of the program. */
    private static final Duration CLOSING_MAX = Duration.ofSeconds(1);

    private record Waiting(String text, CompletableFuture<Void> written) {}

    private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final OutputStream out;
    private final Runnable broken;
    private final Thread writer;

    private Outlet(OutputStream out, Runnable broken) {
        this.out = out;
        this.broken = broken;
        this.writer = Thread.ofPlatform().name("outlet").daemon().unstarted(this::write);
    }

    /** @param broken is run once, on the outlet's thread, when nobody reads {@code out} any more */
    public static Outlet to(OutputStream out, Runnable broken) {
        var outlet = new Outlet(out, broken);
        outlet.writer.start();
        return outlet;
    }

    /** @return completes when the line was handed to the stream and flushed */
    public CompletionStage<Void> line(String text) {
        var written = new CompletableFuture<Void>();
        waiting.add(new Waiting(text + "\n", written));
        return written;
    }

    /** Lines that nobody has taken yet. */
    public int waiting() {
        return waiting.size();
    }

    private void write() {
        var batch = new ArrayList<Waiting>();
        try {
            while (true) {
                batch.add(waiting.take());
                waiting.drainTo(batch, BATCH_MAX);
                for (var next : batch) out.write(next.text.getBytes(StandardCharsets.UTF_8));
                out.flush();
                batch.forEach(next -> next.written.complete(null));
                batch.clear();
                if (closing.get() && waiting.isEmpty()) return;
            }
        } catch (IOException unwritable) {
            failAll(batch, unwritable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Goes on answering: whoever waits for a line must not wait for ever. */
    private void failAll(List<Waiting> batch, IOException unwritable) {
        batch.forEach(next -> next.written.completeExceptionally(unwritable));
        broken.run();
        try {
            while (!closing.get()) waiting.take().written.completeExceptionally(unwritable);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what is waiting, for a second at most. */
    @Override
    public void close() {
        closing.set(true);
        waiting.add(new Waiting("", new CompletableFuture<>()));
        try {
            if (!writer.join(CLOSING_MAX)) writer.interrupt();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
