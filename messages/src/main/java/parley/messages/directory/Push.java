package parley.messages.directory;

import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.RegistryId;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;

/** What the registry says unasked; docs/PROTOCOL.md §8. */
public sealed interface Push {
    /** Right after the handshake. */
    record Hello(RegistryId registry, SignUp signUp) implements Push {}

    record Online(UserName name, Optional<PeerAddress> reachableAt) implements Push {}

    record Offline(UserName name) implements Push {}

    /** Somebody watched has published. */
    record Chain(UserName name, int statements) implements Push {}

    /**
     * @param serial above all before
     * @param from who deposited it, as the registry says
     * @param timeMillis since 1970, as the registry says
     */
    record Envelope(long serial, UserName from, long timeMillis, ByteString envelope) implements Push {}

    /** Publish more. */
    record Prekeys(int left) implements Push {}

    /** The account signed in elsewhere; the connection is closed. */
    record Superseded() implements Push {}
}
