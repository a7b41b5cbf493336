package parley.peer.file;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import parley.messages.identity.IdentityKey;
import parley.messages.name.GroupName;
import parley.messages.wire.FileOffer;
import parley.peer.transfer.FinalName;

/**
 * A file that somebody sends us and that does not have its name yet.
 *
 * <pre>
 *   Asking --ACCEPT--&gt; Wanted --whole, synced--&gt; Naming --named--&gt; (over: FILE_STATE DONE)
 *                       |  ^ `-- PAUSE --&gt; Paused --RESUME--´
 *               no room v  | there is again
 *                      NoRoom        from everywhere but Naming: CANCEL, or the sender's CANCELLED, CHANGED --&gt; (over)
 * </pre>
 *
 * @param as the sender's identity in the group's log; empty for a contact
 * @param pieces those that are in the vault, of a file that comes in pieces
 */
public record CameFile(
        Ref ref,
        Optional<IdentityKey> as,
        Optional<GroupName> group,
        FileOffer offer,
        State state,
        Set<Integer> pieces) {

    public sealed interface State {}

    /** It does not begin without the user. */
    public record Asking() implements State {}

    public record Wanted() implements State {}

    public record NoRoom() implements State {}

    /** By us. */
    public record Paused() implements State {}

    /** Whole and on disk under the partial's name; what it is to be called is written down before it is. */
    public record Naming(FinalName.Plan plan, String sha256) implements State {}

    public CameFile {
        pieces = Set.copyOf(pieces);
    }

    CameFile with(State next) {
        return new CameFile(ref, as, group, offer, next, pieces);
    }

    CameFile withPiece(int index) {
        var more = new TreeSet<>(pieces);
        more.add(index);
        return new CameFile(ref, as, group, offer, state, more);
    }

    boolean hasAllPieces() {
        return offer.inPieces() && pieces.size() == offer.pieces();
    }

    /** Whether its sender may send now. */
    boolean isWanted() {
        return state instanceof Wanted;
    }
}
