package parley.registry.user;

import java.util.Optional;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;

/** What a connection that signed in is told later, without having asked. The classic ones hear the first two only. */
public sealed interface ConnectionNotice {
    /** The same user signed in over another connection. This one is that user no longer. */
    record Superseded(UserName user) implements ConnectionNotice {}

    /**
     * The registry forgot who is online here, or the identity was revoked; close the connection, so that the peer signs
     * in again if it can. This one is that user no longer.
     */
    record Forgotten(UserName user) implements ConnectionNotice {}

    /**
     * Somebody watched is there, or is somewhere else now.
     *
     * @param address none for somebody who accepts no links
     */
    record CameOnline(UserName user, Optional<PeerAddress> address) implements ConnectionNotice {}

    /** Somebody watched who was seen is seen no longer. */
    record WentOffline(UserName user) implements ConnectionNotice {}

    /** Somebody watched has published, or was revoked. */
    record ChainGrew(UserName user, int statements) implements ConnectionNotice {}

    /** Fewer than {@link ModernUser#PAIRS_LOW} of the own one-time pairs are left. */
    record PairsRunLow(int left) implements ConnectionNotice {}
}
