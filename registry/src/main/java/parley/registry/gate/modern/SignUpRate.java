package parley.registry.gate.modern;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import parley.registry.gate.Door;

/**
 * How often one address may ask for a new account: names are for people, and each attempt costs the verification of a
 * chain. What counts as one address is the {@link Door}'s matter. Safe for threads.
 */
final class SignUpRate {
    private final int anHour;
    private final int anHourNearby;
    private final HourRate<ByteBuffer> rate;

    SignUpRate(ModernLimits limits, Clock clock) {
        this.anHour = limits.signUpsAnHour();
        this.anHourNearby = limits.signUpsAnHourNearby();
        this.rate = new HourRate<>(clock);
    }

    /** Counts an attempt; if there were too many, how long to wait, and then it does not count. */
    Optional<Duration> attempt(InetAddress from) {
        return rate.attempt(Door.place(from), Door.nearby(from) ? anHourNearby : anHour);
    }
}
