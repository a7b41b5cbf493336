package parley.peer.file;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;

/**
 * Whom to call for a file, and when again. Mutable.
 *
 * <p>The sender calls at once, the receiver a while later: he is only needed where the sender cannot.
 */
final class Calls {
    /** How long the receiver leaves the call to the sender. */
    private static final Duration SENDER_FIRST = Duration.ofSeconds(3);

    private final Duration min;
    private final Duration max;
    private final RandomGenerator random;
    private final Map<UserName, PeerAddress> online = new HashMap<>();
    private final Map<Ref, Integer> failures = new HashMap<>();

    Calls(Duration min, Duration max, RandomGenerator random) {
        this.min = min;
        this.max = max;
        this.random = random;
    }

    void online(UserName name, Optional<PeerAddress> at) {
        at.ifPresentOrElse(there -> online.put(name, there), () -> online.remove(name));
    }

    Optional<PeerAddress> at(UserName name) {
        return Optional.ofNullable(online.get(name));
    }

    /** For a new reason to call. */
    Duration first(boolean weSend) {
        return weSend ? Duration.ZERO : SENDER_FIRST;
    }

    void began(Ref ref) {
        failures.remove(ref);
    }

    /** Doubles, and half of it is chance. */
    Duration failed(Ref ref) {
        int before = failures.merge(ref, 1, Integer::sum) - 1;
        long millis = min.toMillis() << Math.min(before, 20);
        long longest = Math.min(millis, max.toMillis());
        return Duration.ofMillis(longest / 2 + random.nextLong(longest / 2 + 1));
    }

    void forget(Ref ref) {
        failures.remove(ref);
    }
}
