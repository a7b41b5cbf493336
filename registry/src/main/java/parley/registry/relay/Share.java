package parley.registry.relay;

import java.time.Duration;

/**
 * What one account has used of the relay. Its rate is a debt that time pays: what was read has passed, and the next is
 * read when it is paid. Safe for threads.
 *
 * <pre>
 *   a day: begins with the first byte --bytesADay--&gt; used up --24 h since that first byte--&gt; begins anew
 * </pre>
 */
public final class Share {
    /** No more bytes today. */
    public static final long USED_UP = -1;

    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

    /** What may pass at once after a pause, as time: more would be felt by others, less would pause at every element. */
    private static final long BURST_NANOS = Duration.ofMillis(100).toNanos();

    private final long bytesADay;
    private final long bytesASecond;
    private long dayBegan;
    private long bytesToday;
    private long paidAt;
    private int places;

    Share(RelayLimits limits, long now) {
        this.bytesADay = limits.bytesADay();
        this.bytesASecond = limits.bytesASecond();
        this.dayBegan = now;
        this.paidAt = now;
    }

    synchronized long pass(int bytes, long now) {
        turnDay(now);
        if (bytesToday == 0) dayBegan = now;
        if (bytes > bytesADay - bytesToday) {
            // What did not fit uses up the rest: a smaller piece would pass, and what is whole never would.
            bytesToday = bytesADay;
            return USED_UP;
        }
        bytesToday += bytes;
        if (paidAt - now < -BURST_NANOS) paidAt = now - BURST_NANOS;
        paidAt += (long) ((double) bytes / bytesASecond * SECOND_NANOS);
        return Math.max(0, paidAt - now);
    }

    /** How long nothing more passes, or zero. */
    synchronized Duration usedUpFor(long now) {
        turnDay(now);
        return bytesToday < bytesADay ? Duration.ZERO : Duration.ofNanos(DAY_NANOS - (now - dayBegan));
    }

    synchronized int places() {
        return places;
    }

    synchronized void begins() {
        places++;
    }

    synchronized void ends() {
        places--;
    }

    synchronized boolean isForgettable(long now) {
        turnDay(now);
        return places == 0 && bytesToday == 0;
    }

    private void turnDay(long now) {
        if (now - dayBegan >= DAY_NANOS) bytesToday = 0;
    }
}
