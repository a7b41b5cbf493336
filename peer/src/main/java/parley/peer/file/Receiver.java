package parley.peer.file;

import java.util.Optional;
import parley.messages.identity.IdentityKey;

/**
 * Somebody who does not have a file of ours yet.
 *
 * @param as the identity that the group's log holds for him; empty for a contact
 * @param hasRoom what he said last
 */
public record Receiver(Optional<IdentityKey> as, boolean hasRoom) {
    Receiver withRoom(boolean now) {
        return new Receiver(as, now);
    }
}
