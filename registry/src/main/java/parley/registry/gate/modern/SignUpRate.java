package parley.registry.gate.modern;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import parley.registry.gate.Door;

/**
 * How often one address may ask for a new account: names are for people, and each attempt costs the verification of a
 * chain. What counts as one address is the {@link Door}'s matter. Safe for threads.
 *
 * <pre>
 *   unknown --attempt--&gt; counting --as many as an hour allows--&gt; refused --the hour is over--&gt; unknown
 * </pre>
 */
final class SignUpRate {
    private static final Duration HOUR = Duration.ofHours(1);

    /** Addresses remembered: 10 MB. Who has more than these to try from is not held up by a count. */
    private static final int PLACES_MAX = 100_000;

    private record Hour(long endsMillis, int attempts) {}

    private final int anHour;
    private final int anHourNearby;
    private final Clock clock;
    private final LinkedHashMap<ByteBuffer, Hour> hours = new LinkedHashMap<>();

    SignUpRate(ModernLimits limits, Clock clock) {
        this.anHour = limits.signUpsAnHour();
        this.anHourNearby = limits.signUpsAnHourNearby();
        this.clock = clock;
    }

    /** Counts an attempt; if there were too many, how long to wait, and then it does not count. */
    synchronized Optional<Duration> attempt(InetAddress from) {
        long now = clock.millis();
        var place = Door.place(from);
        var hour = hours.get(place);
        if (hour == null || isOver(hour, now)) {
            hours.remove(place);
            forgetOld(now);
            hour = new Hour(now + HOUR.toMillis(), 0);
        }
        if (hour.attempts() >= (Door.nearby(from) ? anHourNearby : anHour))
            return Optional.of(Duration.ofMillis(hour.endsMillis() - now));
        hours.put(place, new Hour(hour.endsMillis(), hour.attempts() + 1));
        return Optional.empty();
    }

    /** The oldest are first, for an address is taken out when its hour begins anew. */
    private void forgetOld(long now) {
        while (!hours.isEmpty()
                && (hours.size() >= PLACES_MAX || isOver(hours.firstEntry().getValue(), now))) {
            hours.pollFirstEntry();
        }
    }

    /** Also if the clock was set back: nobody waits for longer than an hour. */
    private static boolean isOver(Hour hour, long now) {
        return now >= hour.endsMillis() || hour.endsMillis() - now > HOUR.toMillis();
    }
}
