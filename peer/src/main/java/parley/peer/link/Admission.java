package parley.peer.link;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** Counts the inbound links of one listener and says who may not come in. Safe for threads. */
final class Admission {
    /** The first byte of the IPv6 addresses that are private: fc00::/7, RFC 4193. */
    private static final int UNIQUE_LOCAL = 0xfc;

    private final int linksMax;
    private final int perAddressMax;
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private final CompletableFuture<Done> empty = new CompletableFuture<>();
    private int links;
    private boolean closing;

    Admission(LinkSettings settings) {
        this.linksMax = settings.inboundMax();
        this.perAddressMax = settings.inboundPerAddressMax();
    }

    /** Empty if {@code from} may come in, and then {@link #left} must follow; otherwise why it may not. */
    synchronized Optional<String> refusal(InetAddress from) {
        if (closing) return Optional.of("we are closing");
        if (links >= linksMax) return Optional.of("%d links are open already".formatted(linksMax));
        int theirs = perAddress.getOrDefault(from, 0);
        if (theirs >= perAddressMax && !isNear(from)) {
            return Optional.of("%d links are open already from its address".formatted(perAddressMax));
        }
        links++;
        perAddress.put(from, theirs + 1);
        return Optional.empty();
    }

    synchronized void left(InetAddress from) {
        links--;
        perAddress.computeIfPresent(from, (address, theirs) -> theirs == 1 ? null : theirs - 1);
        if (closing && links == 0) empty.complete(Done.getInstance());
    }

    /** Nobody comes in any more; completes when the last one has left. */
    synchronized CompletionStage<Done> close() {
        closing = true;
        if (links == 0) empty.complete(Done.getInstance());
        return empty;
    }

    /** Many peers may share a private address: a household's, a test's, a forwarder's. */
    private static boolean isNear(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isSiteLocalAddress()
                || address.isLinkLocalAddress()
                || (address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == UNIQUE_LOCAL);
    }
}
