package parley.registry.gate;

import java.time.Duration;

/**
 * How long answers to requests that cannot be read are held back: not at all for the first ones, then twice as long
 * each time. An hour of nonsense costs as little as an hour of silence, and one readable request forgives it.
 */
final class Nonsense {
    private static final Duration FIRST_DELAY = Duration.ofMillis(20);

    /** Not counted further: far beyond any delay that is configured, and not beyond what a long holds. */
    private static final int DOUBLINGS_MAX = 30;

    private final int allowed;
    private final Duration longest;
    private int inARow;

    Nonsense(int allowed, Duration longest) {
        this.allowed = allowed;
        this.longest = longest;
    }

    /** Counts one more, and says how long its answer is held back. */
    Duration next() {
        if (inARow < allowed + DOUBLINGS_MAX) inARow++;
        int beyond = inARow - allowed;
        if (beyond <= 0) return Duration.ZERO;
        var delay = FIRST_DELAY.multipliedBy(1L << (beyond - 1));
        return delay.compareTo(longest) < 0 ? delay : longest;
    }

    void forgive() {
        inARow = 0;
    }
}
