package parley.peer.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import parley.peer.talk.Happening;
import parley.peer.talk.Party;
import parley.peer.talk.Screen;

/** Tells a screen how far a file has come, a few times a second and never while it is still drawing the last one. */
final class ProgressReport {
    /** Often enough for an eye, seldom enough for a slow terminal. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private static final AtomicLong IDS = new AtomicLong();

    private final Screen screen;
    private final LongSupplier nanoTime;
    private final Happening.Progress start;
    private long moved;
    private long toldAt;
    private CompletionStage<Void> told = CompletableFuture.completedFuture(null);

    /** @param total bytes, or -1 if nobody knows */
    ProgressReport(Screen screen, LongSupplier nanoTime, Happening.Way way, Party with, String name, long total) {
        this.screen = screen;
        this.nanoTime = nanoTime;
        this.start = new Happening.Progress(IDS.incrementAndGet(), way, with, name, 0, total);
        this.toldAt = nanoTime.getAsLong();
    }

    /** Called by one stream, in order. */
    void moved(long bytes) {
        moved += bytes;
        long now = nanoTime.getAsLong();
        if (now - toldAt < PAUSE.toNanos() || !told.toCompletableFuture().isDone()) return;
        toldAt = now;
        told = screen.show(
                new Happening.Progress(start.id(), start.way(), start.with(), start.name(), moved, start.total()));
    }
}
