package parley.peer.modern;

import com.typesafe.config.Config;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.messages.identity.Fingerprint;
import parley.messages.identity.IdentityKey;
import parley.messages.name.BadName;
import parley.messages.name.PeerAddress;
import parley.messages.settings.Endpoint;
import parley.peer.cipher.primitive.Argon2id.Cost;
import parley.peer.delivery.DeliverySettings;
import parley.peer.file.FilesSettings;
import parley.peer.link.mutual.LinksSettings;
import parley.peer.lookup.directory.DirectorySettings;
import parley.peer.lookup.relay.RelaySettings;

/**
 * The keys of {@code parley.peer.modern}; reference.conf says what they are for.
 *
 * @param pin the key that the registry must show, if it was given
 * @param reachableAt where others call us, if that is not where we listen
 * @param accounts the folder of the vaults
 * @param passwordCost of guessing a password that is chosen from now on
 * @param pauses after a disk that did not follow
 * @param since where a reader left off; null for what is new only
 */
public record ModernSettings(
        Endpoint registry,
        Optional<IdentityKey> pin,
        Endpoint listen,
        Optional<PeerAddress> reachableAt,
        Path accounts,
        Cost passwordCost,
        Duration stopTimeout,
        boolean readReceipts,
        Keeper.Pauses pauses,
        DirectorySettings directory,
        DeliverySettings delivery,
        LinksSettings link,
        RelaySettings relay,
        FilesSettings files,
        @Nullable Long since) {
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}");
    private static final String EXPECTED = "expected HOST:PORT or HOST:PORT#FINGERPRINT of 43 characters";

    /**
     * @param peer {@code parley.peer}
     * @param data the peer's folder
     * @throws IllegalArgumentException if a value is of no use
     */
    public static ModernSettings of(Config peer, Path data, @Nullable Long since) {
        var modern = peer.getConfig("modern");
        var at = modern.getString("registry.at");
        int hash = at.indexOf('#');
        return new ModernSettings(
                endpoint(hash < 0 ? at : at.substring(0, hash), at),
                hash < 0 ? Optional.empty() : Optional.of(fingerprint(at.substring(hash + 1), at)),
                Endpoint.parse(modern.getString("listen"))
                        .orElseThrow(() -> new IllegalArgumentException(
                                "Bad address %s, expected HOST:PORT".formatted(modern.getString("listen")))),
                reachableAt(modern.getString("reachable-at")),
                data.resolve("accounts"),
                passwordCost(modern),
                peer.getDuration("stop-timeout"),
                modern.getBoolean("read-receipts"),
                Keeper.Pauses.of(peer.getConfig("store")),
                DirectorySettings.of(modern.getConfig("registry")),
                DeliverySettings.of(modern.getConfig("delivery")),
                LinksSettings.of(modern.getConfig("link")),
                RelaySettings.of(modern),
                FilesSettings.of(peer),
                since);
    }

    /** Resolved where it has to be, which is on this machine. */
    InetSocketAddress listenAt() {
        return new InetSocketAddress(listen.host(), listen.port());
    }

    /** Whether the registry is on this machine, and so may others be. */
    boolean registryIsHere() {
        return registry.host().equals("localhost")
                || registry.host().equals("::1")
                || LOOPBACK.matcher(registry.host()).matches();
    }

    private static Optional<PeerAddress> reachableAt(String text) {
        if (text.isEmpty()) return Optional.empty();
        try {
            return Optional.of(PeerAddress.parse(text));
        } catch (BadName unusable) {
            throw new IllegalArgumentException("Bad address %s, expected IP:PORT".formatted(text), unusable);
        }
    }

    private static Cost passwordCost(Config modern) {
        try {
            return Cost.in(modern.getBytes("vault.unlock-memory"));
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException("Bad parley.peer.modern.vault.unlock-memory: " + bad.getMessage(), bad);
        }
    }

    private static Endpoint endpoint(String text, String all) {
        return Endpoint.parse(text)
                .filter(endpoint -> endpoint.port() > 0)
                .orElseThrow(() -> new IllegalArgumentException("Bad registry %s, %s".formatted(all, EXPECTED)));
    }

    private static IdentityKey fingerprint(String text, String all) {
        return Fingerprint.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        Fingerprint.looksLikeOne(text)
                                ? "No registry has the fingerprint in %s: look for a wrong character".formatted(all)
                                : "Bad fingerprint in %s, %s".formatted(all, EXPECTED)));
    }
}
