package parley.peer.file;

import java.util.Optional;
import parley.messages.identity.IdentityKey;
import parley.messages.wire.Content;

/**
 * What somebody is still to be told of a file: on disk, until his cipher has it.
 *
 * @param as his identity in the group's log; empty for a contact
 */
public record Post(Ref ref, Optional<IdentityKey> as, What what) {
    public sealed interface What {}

    /** The bytes, of which the offer went before. */
    public record Pieces() implements What {}

    public record Say(Content.FileState.State state) implements What {}

    static Post say(Ref ref, Optional<IdentityKey> as, Content.FileState.State state) {
        return new Post(ref, as, new Say(state));
    }
}
