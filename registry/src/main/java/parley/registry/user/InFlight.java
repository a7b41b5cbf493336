package parley.registry.user;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/** Sign-ins that were let through and whose end nobody has told yet. Not kept over restarts: then there are none. */
final class InFlight {
    /** Longer than any attempt takes, queued hashing and both asks included. One that nobody ends is gone after it. */
    static final Duration ATTEMPT_LASTS_MAX = Duration.ofSeconds(30);

    private final Map<String, Queue<Instant>> begun = new HashMap<>();

    void begin(String slot, Instant now) {
        begun.computeIfAbsent(slot, s -> new ArrayDeque<>()).add(now);
    }

    /** The oldest of this slot: which one it was makes no difference. */
    void end(String slot) {
        begun.computeIfPresent(slot, (s, attempts) -> {
            attempts.poll();
            return attempts.isEmpty() ? null : attempts;
        });
    }

    int count(String slot, Instant now) {
        var attempts = begun.get(slot);
        if (attempts == null) return 0;
        attempts.removeIf(at -> at.plus(ATTEMPT_LASTS_MAX).isBefore(now));
        if (attempts.isEmpty()) begun.remove(slot);
        return attempts.size();
    }
}
