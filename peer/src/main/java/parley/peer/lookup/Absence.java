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
public record Absence(Duration delay, Duration max, boolean told) {
    public static Absence none(Duration min, Duration max) {
        return new Absence(min, max, false);
    }

    /** One more attempt begins. */
    public Absence longer() {
        var doubled = delay.multipliedBy(2);
        return new Absence(doubled.compareTo(max) < 0 ? doubled : max, max, true);
    }

    /** The owner was told that it is back. The delay stays until the connection has lasted. */
    public Absence over() {
        return new Absence(delay, max, false);
    }

    /** Half to whole of the delay, so that a thousand peers don't return in the same second. */
    public Duration jittered(RandomGenerator random) {
        long half = delay.toNanos() / 2;
        return Duration.ofNanos(delay.toNanos() - half + random.nextLong(half + 1));
    }
}
