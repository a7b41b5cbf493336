package parley.messages.name;

import java.util.regex.Pattern;

/**
 * Where a peer accepts links: an IPv4 address in dotted decimals and a TCP port, written {@code 10.0.0.7:41233}. No host
 * names, because whoever dials must not have to ask a third party where to. No leading zeros, because some systems read
 * {@code 010} as eight and newer Java takes it for a host name.
 *
 * @param host four decimals of 0 to 255
 * @param port 1 to 65535
 */
public record Address(String host, int port) {
    private static final Pattern SHAPE = Pattern.compile("([0-9.]{7,15}):([0-9]{1,5})");
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final int OCTET_MAX = 255;
    private static final int PORT_MAX = 65_535;

    /** @throws BadName if it is no IPv4 address or no port that can be dialled */
    public Address {
        if (port < 1 || port > PORT_MAX) throw bad();
        var octets = host.split("\\.", -1);
        if (octets.length != 4) throw bad();
        for (var octet : octets) {
            if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > OCTET_MAX) throw bad();
        }
    }

    /**
     * Reads {@code IP:PORT}.
     *
     * @throws BadName if {@code text} is anything else
     */
    public static Address parse(String text) {
        var match = SHAPE.matcher(text);
        if (!match.matches()) throw bad();
        return new Address(match.group(1), Integer.parseInt(match.group(2)));
    }

    private static BadName bad() {
        return new BadName("Bad address, expected an IPv4 address, a colon and a port of 1 to 65535");
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
