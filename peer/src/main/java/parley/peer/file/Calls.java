package parley.peer.file;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;

/**
 * Who is there, where to call him, and when again. Mutable.
 *
 * <p>The sender calls at once, the receiver a while later: he is only needed where the sender cannot.
 */
final class Calls {
    /** How long the receiver leaves the call to the sender. */
    private static final Duration SENDER_FIRST = Duration.ofSeconds(3);

    /** Our first call may overtake what is said of the file: so soon he will know of it. */
    private static final Duration SOON = Duration.ofMillis(200);

    /** So often doubled, any pause is longer than the longest. */
    private static final int DOUBLINGS_MAX = 20;

    private final Duration min;
    private final Duration max;
    private final RandomGenerator random;
    private final Set<UserName> online = new HashSet<>();
    private final Map<UserName, PeerAddress> addresses = new HashMap<>();
    private final Map<Ref, Integer> failures = new HashMap<>();

    Calls(FilesSettings settings, RandomGenerator random) {
        this.min = settings.retryMin();
        this.max = settings.retryMax();
        this.random = random;
    }

    void came(UserName name, Optional<PeerAddress> at) {
        online.add(name);
        at.ifPresentOrElse(there -> addresses.put(name, there), () -> addresses.remove(name));
    }

    void went(UserName name) {
        online.remove(name);
        addresses.remove(name);
    }

    boolean isOnline(UserName name) {
        return online.contains(name);
    }

    Optional<PeerAddress> at(UserName name) {
        return Optional.ofNullable(addresses.get(name));
    }

    /** For a new reason to call. */
    Duration first(boolean weSend) {
        return weSend ? Duration.ZERO : SENDER_FIRST;
    }

    /** Soon at first; then it doubles, and half of it is chance. */
    Duration afterFailure(Ref ref) {
        int failed = failures.merge(ref, 1, Integer::sum);
        if (failed == 1) return SOON.compareTo(min) < 0 ? SOON : min;
        long longest = Math.min(min.toMillis() << Math.min(failed - 2, DOUBLINGS_MAX), max.toMillis());
        return Duration.ofMillis(longest / 2 + random.nextLong(longest / 2 + 1));
    }

    boolean hasFailed(Ref ref) {
        return failures.containsKey(ref);
    }

    void forget(Ref ref) {
        failures.remove(ref);
    }
}
