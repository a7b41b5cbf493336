package parley.peer.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import parley.peer.talk.Happening;
import parley.peer.talk.Screen;

/** A screen that remembers, and can be made to stand still. */
final class Shown implements Screen {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BlockingQueue<Happening> happenings = new LinkedBlockingQueue<>();
    /** Completed as long as the screen moves. */
    private volatile CompletableFuture<Void> moving = CompletableFuture.completedFuture(null);

    @Override
    public CompletionStage<Void> show(Happening happening) {
        happenings.add(happening);
        return moving.copy();
    }

    void standStill() {
        moving = new CompletableFuture<>();
    }

    void goOn() {
        moving.complete(null);
    }

    Happening next() {
        try {
            var next = happenings.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) throw new AssertionError("nothing was shown");
            return next;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /** The next one of a kind; what comes before is skipped. */
    <T extends Happening> T next(Class<T> kind) {
        while (true) {
            var next = next();
            if (kind.isInstance(next)) return kind.cast(next);
        }
    }

    /** What has been shown and not been looked at. */
    List<Happening> rest() {
        var rest = new ArrayList<Happening>();
        happenings.drainTo(rest);
        return rest;
    }
}
