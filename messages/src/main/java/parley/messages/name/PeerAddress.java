package parley.messages.name;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Where a modern peer accepts links: an IP address and a TCP port, written {@code 10.0.0.7:41233} or {@code
 * [2001:db8::7]:41233}. No host names, because whoever dials must not have to ask a third party where to. One spelling
 * for each address (dotted decimals; RFC 5952 §4), so that equal ones look equal; an IPv4 address is never written as an
 * IPv6 one, and no zone is named, which would mean something on one machine only.
 *
 * @param host by its bytes, never looked up
 * @param port 1 to 65535
 */
public record PeerAddress(InetAddress host, int port) {
    private static final Pattern IPV4 = Pattern.compile("([0-9.]{7,15}):([1-9][0-9]{0,4})");
    private static final Pattern IPV6 = Pattern.compile("\\[([0-9a-f:]{2,39})]:([1-9][0-9]{0,4})");
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-f]{1,4}");
    private static final int OCTET_MAX = 255;
    private static final int PORT_MAX = 65_535;
    private static final int GROUPS = 8;

    /** @throws BadName if it is no port that can be dialled */
    public PeerAddress {
        if (port < 1 || port > PORT_MAX) throw bad();
        // By its bytes alone: a zone or a name that it was once looked up by is no part of it.
        host = byBytes(host.getAddress());
    }

    /** @throws BadName if {@code at} has no address, or no port that can be dialled */
    public static PeerAddress of(InetSocketAddress at) {
        if (at.isUnresolved()) throw bad();
        return new PeerAddress(at.getAddress(), at.getPort());
    }

    /**
     * Reads an address in its one spelling.
     *
     * @throws BadName if {@code text} is anything else
     */
    public static PeerAddress parse(String text) {
        var ipv4 = IPV4.matcher(text);
        if (ipv4.matches()) return new PeerAddress(byBytes(octets(ipv4.group(1))), port(ipv4.group(2)));
        var ipv6 = IPV6.matcher(text);
        if (!ipv6.matches()) throw bad();
        var read = new PeerAddress(byBytes(groups(ipv6.group(1))), port(ipv6.group(2)));
        // Another spelling of the same address, or an IPv4 address in disguise.
        if (!read.toString().equals(text)) throw bad();
        return read;
    }

    /** The same port elsewhere: what was given as unspecified is replaced by where it was seen. */
    public PeerAddress at(InetAddress elsewhere) {
        return new PeerAddress(elsewhere, port);
    }

    /** Whether it says "wherever I am": {@code 0.0.0.0} or {@code ::}. */
    public boolean isUnspecified() {
        return host.isAnyLocalAddress();
    }

    /** To dial; nothing is looked up. */
    public InetSocketAddress toSocketAddress() {
        return new InetSocketAddress(host, port);
    }

    private static byte[] octets(String text) {
        var words = text.split("\\.", -1);
        if (words.length != 4) throw bad();
        var bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            if (!OCTET.matcher(words[i]).matches() || Integer.parseInt(words[i]) > OCTET_MAX) throw bad();
            bytes[i] = (byte) Integer.parseInt(words[i]);
        }
        return bytes;
    }

    private static byte[] groups(String text) {
        int gap = text.indexOf("::");
        if (gap != text.lastIndexOf("::")) throw bad();
        var before = gap < 0 ? text : text.substring(0, gap);
        var after = gap < 0 ? "" : text.substring(gap + 2);
        var first = before.isEmpty() ? new String[0] : before.split(":", -1);
        var last = after.isEmpty() ? new String[0] : after.split(":", -1);
        int missing = GROUPS - first.length - last.length;
        if (gap < 0 ? missing != 0 : missing < 1) throw bad();
        var bytes = new byte[2 * GROUPS];
        for (int i = 0; i < first.length; i++) put(bytes, i, first[i]);
        for (int i = 0; i < last.length; i++) put(bytes, first.length + missing + i, last[i]);
        return bytes;
    }

    private static void put(byte[] bytes, int group, String digits) {
        if (!GROUP.matcher(digits).matches()) throw bad();
        int value = Integer.parseInt(digits, 16);
        bytes[2 * group] = (byte) (value >> 8);
        bytes[2 * group + 1] = (byte) value;
    }

    private static int port(String digits) {
        return Integer.parseInt(digits);
    }

    private static InetAddress byBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException never) {
            throw new IllegalStateException("an address of %d bytes".formatted(bytes.length), never);
        }
    }

    private static BadName bad() {
        return new BadName("Bad address, expected 1.2.3.4:PORT or [::1]:PORT in the shortest spelling");
    }

    /** RFC 5952 §4: no leading zeros, lower case, the first of the longest runs of zero groups, if of two or more. */
    private static String spelled(byte[] bytes) {
        int longest = 0;
        int from = -1;
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && group(bytes, i + run) == 0) run++;
            if (run > 1 && run > longest) {
                longest = run;
                from = i;
            }
        }
        var text = new StringBuilder("[");
        for (int i = 0; i < GROUPS; i++) {
            if (i == from) {
                text.append("::");
                i += longest - 1;
            } else {
                if (i > 0 && i != from + longest) text.append(':');
                text.append(Integer.toHexString(group(bytes, i)));
            }
        }
        return text.append(']').toString();
    }

    private static int group(byte[] bytes, int at) {
        return (bytes[2 * at] & 0xff) << 8 | (bytes[2 * at + 1] & 0xff);
    }

    @Override
    public String toString() {
        var bytes = host.getAddress();
        return (bytes.length == 4 ? host.getHostAddress() : spelled(bytes)) + ":" + port;
    }
}
