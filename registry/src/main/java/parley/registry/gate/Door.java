package parley.registry.gate;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/**
 * Who may come in, and who is in. A stranger costs memory before it proved to be anyone, so there are few at a time
 * from one address. Safe for threads: connections come and go on many.
 *
 * <pre>
 *   admit --&gt; stranger &lt;--unknown-- known        drained: no visit is left, and none is admitted
 *                  |     --known--&gt;   |
 *                  +------over--------+
 * </pre>
 */
final class Door {
    private final GateLimits limits;
    private final Set<Visit> visits = new HashSet<>();
    private final Map<ByteBuffer, Integer> strangers = new HashMap<>();
    private final CompletableFuture<Done> drained = new CompletableFuture<>();
    private boolean draining;

    Door(GateLimits limits) {
        this.limits = limits;
    }

    /** Empty if there are too many from there, or in all, or the registry is stopping. */
    synchronized Optional<Visit> admit(InetAddress from) {
        int most = nearby(from) ? limits.strangersNearby() : limits.strangers();
        var place = place(from);
        if (draining || visits.size() >= limits.connections() || strangers.getOrDefault(place, 0) >= most) {
            return Optional.empty();
        }
        strangers.merge(place, 1, Integer::sum);
        var visit = new Visit(place, from.getHostAddress());
        visits.add(visit);
        return Optional.of(visit);
    }

    /** Lets nobody in any more and asks everybody to leave; completed when all have. */
    CompletionStage<Done> drain() {
        List<Visit> here;
        synchronized (this) {
            draining = true;
            here = List.copyOf(visits);
            if (here.isEmpty()) drained.complete(Done.getInstance());
        }
        here.forEach(Visit::askToLeave);
        return drained.minimalCompletionStage();
    }

    /** One connection, from accept to close. */
    final class Visit {
        private final ByteBuffer place;
        private final String source;
        private boolean stranger = true;
        private Runnable leave = () -> {};

        private Visit(ByteBuffer place, String source) {
            this.place = place;
            this.source = source;
        }

        /** The IP address that the connection came from, without a port. */
        String source() {
            return source;
        }

        /** What to run, on any thread, when the registry stops; at once if it already does. */
        void leaveBy(Runnable way) {
            synchronized (Door.this) {
                leave = way;
                if (!draining) return;
            }
            way.run();
        }

        /** Signed in: it counts as a stranger no longer. */
        void known() {
            synchronized (Door.this) {
                if (stranger) forget();
                stranger = false;
            }
        }

        /** Superseded: nobody again. Not refused even if there are too many now, but new ones are. */
        void unknown() {
            synchronized (Door.this) {
                if (!stranger) strangers.merge(place, 1, Integer::sum);
                stranger = true;
            }
        }

        void over() {
            synchronized (Door.this) {
                if (!visits.remove(this)) return;
                if (stranger) forget();
                if (draining && visits.isEmpty()) drained.complete(Done.getInstance());
            }
        }

        private void askToLeave() {
            Runnable way;
            synchronized (Door.this) {
                way = leave;
            }
            way.run();
        }

        private void forget() {
            strangers.computeIfPresent(place, (same, count) -> count == 1 ? null : count - 1);
        }
    }

    /** What counts as one address. Who has one IPv6 address has its whole /64 to choose from. */
    private static ByteBuffer place(InetAddress from) {
        var bytes = from.getAddress();
        return from instanceof Inet6Address ? ByteBuffer.wrap(bytes, 0, 8).slice() : ByteBuffer.wrap(bytes);
    }

    /** Loopback, link-local, RFC 1918 and RFC 4193 (fc00::/7, which Java does not know as private). */
    static boolean nearby(InetAddress from) {
        boolean unique = from instanceof Inet6Address && (from.getAddress()[0] & 0xfe) == 0xfc;
        return unique || from.isLoopbackAddress() || from.isLinkLocalAddress() || from.isSiteLocalAddress();
    }
}
