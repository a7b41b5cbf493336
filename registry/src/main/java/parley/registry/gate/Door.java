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
public final class Door {
    private final int strangersMax;
    private final int strangersNearbyMax;
    private final int connectionsMax;
    private final Set<Visit> visits = new HashSet<>();
    private final Map<ByteBuffer, Integer> strangers = new HashMap<>();
    private final CompletableFuture<Done> drained = new CompletableFuture<>();
    private boolean draining;

    /**
     * @param strangersMax from one address (one /64 network, for IPv6)
     * @param strangersNearbyMax the same for loopback, link-local and private addresses
     * @param connectionsMax in all
     */
    public Door(int strangersMax, int strangersNearbyMax, int connectionsMax) {
        this.strangersMax = strangersMax;
        this.strangersNearbyMax = strangersNearbyMax;
        this.connectionsMax = connectionsMax;
    }

    /** Empty if there are too many from there, or in all, or the registry is stopping. */
    public synchronized Optional<Visit> admit(InetAddress from) {
        int most = nearby(from) ? strangersNearbyMax : strangersMax;
        var place = place(from);
        if (draining || visits.size() >= connectionsMax || strangers.getOrDefault(place, 0) >= most) {
            return Optional.empty();
        }
        strangers.merge(place, 1, Integer::sum);
        var visit = new Visit(place, from);
        visits.add(visit);
        return Optional.of(visit);
    }

    /** Lets nobody in any more and asks everybody to leave; completed when all have. */
    public CompletionStage<Done> drain() {
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
    public final class Visit {
        private final ByteBuffer place;
        private final InetAddress from;
        private boolean stranger = true;
        private Runnable leave = () -> {};

        private Visit(ByteBuffer place, InetAddress from) {
            this.place = place;
            this.from = from;
        }

        /** The IP address that the connection came from, without a port. */
        public String source() {
            return from.getHostAddress();
        }

        public InetAddress from() {
            return from;
        }

        /** What to run, on any thread, when the registry stops; at once if it already does. */
        public void leaveBy(Runnable way) {
            synchronized (Door.this) {
                leave = way;
                if (!draining) return;
            }
            way.run();
        }

        /** Signed in: it counts as a stranger no longer. */
        public void known() {
            synchronized (Door.this) {
                if (stranger) forget();
                stranger = false;
            }
        }

        /** Superseded: nobody again. Not refused even if there are too many now, but new ones are. */
        public void unknown() {
            synchronized (Door.this) {
                if (!stranger) strangers.merge(place, 1, Integer::sum);
                stranger = true;
            }
        }

        public void over() {
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
    public static ByteBuffer place(InetAddress from) {
        var bytes = from.getAddress();
        return from instanceof Inet6Address ? ByteBuffer.wrap(bytes, 0, 8).slice() : ByteBuffer.wrap(bytes);
    }

    /** Loopback, link-local, RFC 1918 and RFC 4193 (fc00::/7, which Java does not know as private). */
    public static boolean nearby(InetAddress from) {
        boolean unique = from instanceof Inet6Address && (from.getAddress()[0] & 0xfe) == 0xfc;
        return unique || from.isLoopbackAddress() || from.isLinkLocalAddress() || from.isSiteLocalAddress();
    }
}
