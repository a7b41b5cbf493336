package parley.peer.lookup;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long the registry has been away, and so how long to wait before it is tried again.
 *
 * @param delay until the next attempt, before jitter
 * @param max what the delay may grow to
 * @param told whether the owner knows that it is away
 */
record Absence(Duration delay, Duration max, boolean told) {
    static Absence none(LookupSettings settings) {
        return new Absence(settings.reconnectMin(), settings.reconnectMax(), false);
    }

    /** One more attempt begins. */
    Absence longer() {
        var doubled = delay.multipliedBy(2);
        return new Absence(doubled.compareTo(max) < 0 ? doubled : max, max, true);
    }

    /** The owner was told that it is back. The delay stays until the connection has lasted. */
    Absence over() {
        return new Absence(delay, max, false);
    }

    /** Half to whole of the delay, so that a thousand peers don't return in the same second. */
    Duration jittered(RandomGenerator random) {
        long half = delay.toNanos() / 2;
        return Duration.ofNanos(delay.toNanos() - half + random.nextLong(half + 1));
    }
}
