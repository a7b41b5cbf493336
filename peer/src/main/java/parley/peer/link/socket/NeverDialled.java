package parley.peer.link.socket;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import parley.messages.name.PeerAddress;

/**
 * Addresses that no registry can make us call: it could have us knock at services of this machine or of everybody on
 * this network. docs/PROTOCOL.md §9.
 */
public final class NeverDialled {
    /**
     * Why not, if not.
     *
     * @param registryIsHere whether the registry itself is reached on loopback: then everybody is on this machine
     */
    public static Optional<String> why(PeerAddress at, boolean registryIsHere) {
        var host = at.host();
        if (host.isLoopbackAddress()) return registryIsHere ? Optional.empty() : refused("a loopback", at);
        if (isUnspecified(host)) return refused("an unspecified", at);
        if (host.isMulticastAddress()) return refused("a multicast", at);
        if (host.isLinkLocalAddress()) return refused("a link-local", at);
        if (isBroadcast(host)) return refused("a broadcast", at);
        return Optional.empty();
    }

    private static Optional<String> refused(String kind, PeerAddress at) {
        return Optional.of("%s is %s address, which is never dialled".formatted(at, kind));
    }

    /** All of 0.0.0.0/8 means "this network" (RFC 1122 §3.2.1.3); all of ::/96 held IPv4 addresses once (RFC 4291). */
    private static boolean isUnspecified(InetAddress host) {
        var bytes = host.getAddress();
        if (host instanceof Inet4Address) return bytes[0] == 0;
        return Arrays.equals(bytes, 0, 12, new byte[12], 0, 12);
    }

    /** 255.255.255.255, and the rest of 240.0.0.0/4, which no host may have (RFC 1112 §4). */
    private static boolean isBroadcast(InetAddress host) {
        return host instanceof Inet4Address && (host.getAddress()[0] & 0xf0) == 0xf0;
    }

    private NeverDialled() {}
}
