package parley.peer.terminal;

import java.io.IOError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.peer.talk.Happening;
import parley.peer.talk.Screen;

/**
 * Draws happenings from one thread of its own: a terminal that was stopped with Ctrl-S holds up this thread and nobody
 * else. What waits is drawn together, so that a burst redraws the typed line once.
 *
 * <pre>
 *   dark --light--&gt; drawing --stop--&gt; (stopped)
 * </pre>
 *
 * It exists before its terminal, which is opened while the actor system starts.
 */
public final class TerminalScreen implements Screen {
    /** Happenings. What is drawn at once. */
    private static final int BATCH_MAX = 256;

    private static final Logger log = LoggerFactory.getLogger(TerminalScreen.class);

    private record Waiting(Happening happening, CompletableFuture<Void> drawn) {}

    private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
    private final Thread thread = Thread.ofPlatform().name("screen").daemon().unstarted(this::draw);
    private volatile Drawing drawing = happenings -> {};

    /** Puts happenings on the terminal. */
    interface Drawing {
        void draw(List<Happening> happenings);
    }

    private TerminalScreen() {}

    public static TerminalScreen dark() {
        return new TerminalScreen();
    }

    /** Draws what waits, and whatever comes from now on; once. */
    void light(Drawing on) {
        drawing = on;
        thread.start();
    }

    @Override
    public CompletionStage<Void> show(Happening happening) {
        var drawn = new CompletableFuture<Void>();
        waiting.add(new Waiting(happening, drawn));
        return drawn;
    }

    /** Draws nothing more; what waits is not shown. */
    void stop() {
        thread.interrupt();
    }

    private void draw() {
        var batch = new ArrayList<Waiting>();
        try {
            while (true) {
                batch.add(waiting.take());
                waiting.drainTo(batch, BATCH_MAX);
                draw(batch);
                batch.clear();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void draw(List<Waiting> batch) {
        try {
            drawing.draw(batch.stream().map(Waiting::happening).toList());
            batch.forEach(next -> next.drawn.complete(null));
        } catch (RuntimeException | IOError undrawable) {
            // The terminal is gone, or JLine met what it cannot draw; the next may do better.
            log.warn("not drawn: {}", undrawable.getClass().getSimpleName());
            batch.forEach(next -> next.drawn.completeExceptionally(undrawable));
        }
    }
}
