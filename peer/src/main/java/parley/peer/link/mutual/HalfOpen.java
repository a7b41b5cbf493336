package parley.peer.link.mutual;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts the connections that came in and have not greeted yet, and says who may not come in. Safe for threads. */
final class HalfOpen {
    /** The first byte of the IPv6 addresses that are private: fc00::/7, RFC 4193. */
    private static final int UNIQUE_LOCAL = 0xfc;

    private final int max;
    private final int perAddressMax;
    private final int nearMax;
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private int all;

    HalfOpen(LinksSettings settings) {
        this.max = settings.halfOpenMax();
        this.perAddressMax = settings.halfOpenPerAddressMax();
        this.nearMax = settings.halfOpenNearMax();
    }

    /** Empty if {@code from} may come in, and then {@link #left} must follow; otherwise why it may not. */
    synchronized Optional<String> refusal(InetAddress from) {
        if (all >= max) return Optional.of("%d connections are half-open already".formatted(max));
        int theirs = perAddress.getOrDefault(from, 0);
        int theirMax = isNear(from) ? nearMax : perAddressMax;
        if (theirs >= theirMax) {
            return Optional.of("%d connections of its address are half-open already".formatted(theirMax));
        }
        all++;
        perAddress.put(from, theirs + 1);
        return Optional.empty();
    }

    /** It has greeted, or is gone. */
    synchronized void left(InetAddress from) {
        all--;
        perAddress.computeIfPresent(from, (address, theirs) -> theirs == 1 ? null : theirs - 1);
    }

    /** Many peers may share a private address: a household's, a test's, a forwarder's. */
    private static boolean isNear(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || (address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == UNIQUE_LOCAL);
    }
}
