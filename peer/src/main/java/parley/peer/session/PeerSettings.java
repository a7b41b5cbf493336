package parley.peer.session;

import com.typesafe.config.Config;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import parley.peer.link.LinkSettings;
import parley.peer.lookup.LookupSettings;
import parley.peer.transfer.TransferSettings;

/**
 * The keys of {@code parley.peer}; reference.conf says what they are for.
 *
 * @param registry not resolved: its name is looked up at each dialling
 * @param listen not resolved; port 0 for any
 */
public record PeerSettings(
        InetSocketAddress registry,
        InetSocketAddress listen,
        Path downloads,
        Duration stopTimeout,
        LookupSettings lookup,
        LinkSettings link,
        TransferSettings transfer) {

    /**
     * @param section {@code parley.peer}
     * @throws IllegalArgumentException if an address is not HOST:PORT
     */
    public static PeerSettings of(Config section) {
        return new PeerSettings(
                address(section.getString("registry"), 1),
                address(section.getString("listen"), 0),
                Path.of(section.getString("downloads")),
                section.getDuration("stop-timeout"),
                LookupSettings.of(section.getConfig("lookup")),
                LinkSettings.from(section.getConfig("link")),
                TransferSettings.from(section.getConfig("transfer")));
    }

    private static InetSocketAddress address(String text, int portMin) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && port >= portMin && port <= 0xffff) {
                return InetSocketAddress.createUnresolved(text.substring(0, colon), port);
            }
        } catch (NumberFormatException notAPort) {
            // Answered below, with every other shape that is not an address.
        }
        throw new IllegalArgumentException("Bad address %s, expected HOST:PORT".formatted(text));
    }
}
