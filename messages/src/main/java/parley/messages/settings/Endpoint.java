package parley.messages.settings;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where to listen or whom to call, as an operator writes it: {@code 127.0.0.1:7300}, {@code localhost:0}, {@code
 * [::1]:7300}.
 *
 * @param host a name or an IP address, IPv6 without its brackets
 * @param port 0 to 65535; 0 is any free one, to listen on
 */
public record Endpoint(String host, int port) {
    private static final Pattern SHAPE = Pattern.compile("(?:\\[([0-9A-Fa-f:.%\\w]+)]|([^\\[\\]:\\s]+)):([0-9]{1,5})");
    private static final int PORT_MAX = 65_535;

    /** What {@link #parse} takes, for whoever wrote something else. */
    public static final String EXPECTED = "HOST:PORT such as 127.0.0.1:7300";

    /** Empty if {@code text} is anything else than {@value #EXPECTED}. */
    public static Optional<Endpoint> parse(String text) {
        var match = SHAPE.matcher(text);
        if (!match.matches()) return Optional.empty();
        int port = Integer.parseInt(match.group(3));
        if (port > PORT_MAX) return Optional.empty();
        return Optional.of(new Endpoint(match.group(1) == null ? match.group(2) : match.group(1), port));
    }

    public static Endpoint of(InetSocketAddress bound) {
        return new Endpoint(bound.getAddress().getHostAddress(), bound.getPort());
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
