package parley.peer.session;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import parley.messages.classic.Origin;
import parley.peer.link.Inbox;

/**
 * A line for every link that was dropped, but no flood of lines for a flood of links, and no more of them waiting for a
 * slow screen than it shows in one window. Safe for threads.
 */
final class Dropping {
    /** Lines in one {@link #WINDOW}; a person reads no more, and a log is not filled by a stranger. */
    static final int LINES_MAX = 10;

    static final Duration WINDOW = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private long windowStart;
    private int lines;
    private int waiting;
    private long silent;

    Dropping(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.windowStart = nanoTime.getAsLong();
    }

    /**
     * The line to show, or nothing when there were too many of late; the next one then says how many. {@link #shown}
     * must follow each line.
     */
    synchronized Optional<String> report(Inbox.Dropped dropped) {
        long now = nanoTime.getAsLong();
        if (now - windowStart >= WINDOW.toNanos()) {
            windowStart = now;
            lines = 0;
        }
        if (lines == LINES_MAX || waiting == LINES_MAX) {
            silent++;
            return Optional.empty();
        }
        lines++;
        waiting++;
        var others = silent == 0 ? "" : " (and %d more before it)".formatted(silent);
        silent = 0;
        return Optional.of("Dropped a link from %s%s: %s%s"
                .formatted(
                        dropped.from().getHostString(),
                        dropped.claimed().map(Dropping::claim).orElse(""),
                        dropped.why(),
                        others));
    }

    /** A line is on the screen, or never will be. */
    synchronized void shown() {
        waiting--;
    }

    private static String claim(Origin origin) {
        return switch (origin) {
            case Origin.User(var name) -> ", who says to be " + name;
            case Origin.Group(var name) -> ", for group " + name;
        };
    }
}
