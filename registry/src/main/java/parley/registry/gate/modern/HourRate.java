package parley.registry.gate.modern;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * How often somebody may try something in an hour. In memory: a restart forgives. Safe for threads.
 *
 * <pre>
 *   unknown --attempt--&gt; counting --as many as an hour allows--&gt; refused --the hour is over--&gt; unknown
 * </pre>
 *
 * @param <K> what stands for somebody
 */
final class HourRate<K> {
    private static final Duration HOUR = Duration.ofHours(1);

    /** Remembered: 10 MB. Who has more than these to try as is not held up by a count. */
    private static final int KEYS_MAX = 100_000;

    private record Hour(long endsMillis, int attempts) {}

    private final Clock clock;
    private final LinkedHashMap<K, Hour> hours = new LinkedHashMap<>();

    HourRate(Clock clock) {
        this.clock = clock;
    }

    /** Counts an attempt; if there were too many, how long to wait, and then it does not count. */
    synchronized Optional<Duration> attempt(K who, int anHour) {
        long now = clock.millis();
        var hour = hours.get(who);
        if (hour == null || isOver(hour, now)) {
            hours.remove(who);
            forgetOld(now);
            hour = new Hour(now + HOUR.toMillis(), 0);
        }
        if (hour.attempts() >= anHour) return Optional.of(Duration.ofMillis(hour.endsMillis() - now));
        hours.put(who, new Hour(hour.endsMillis(), hour.attempts() + 1));
        return Optional.empty();
    }

    /** The oldest are first, for somebody is taken out when his hour begins anew. */
    private void forgetOld(long now) {
        while (!hours.isEmpty()
                && (hours.size() >= KEYS_MAX || isOver(hours.firstEntry().getValue(), now))) {
            hours.pollFirstEntry();
        }
    }

    /** Also if the clock was set back: nobody waits for longer than an hour. */
    private static boolean isOver(Hour hour, long now) {
        return now >= hour.endsMillis() || hour.endsMillis() - now > HOUR.toMillis();
    }
}
