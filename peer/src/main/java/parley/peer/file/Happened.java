package parley.peer.file;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.IdentityKey;
import parley.messages.name.GroupName;
import parley.messages.wire.Content;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.peer.contact.ContactCommand;
import parley.peer.contact.Effect;
import parley.peer.store.Change;
import parley.peer.store.Store;
import parley.peer.talk.Party;
import parley.peer.transfer.FinalName;

/** What {@link Files} tell themselves; nobody else can. */
sealed interface Happened extends FilesCommand {
    record Loaded(Transfers transfers, List<Post> posts, List<Effect.ForFiles> inbox) implements Happened {}

    record NotLoaded(String why) implements Happened {}

    record LookAgain() implements Happened {}

    record Stored(Store.Commitment outcome) implements Happened {}

    // --- what we send ---------------------------------------------------------------------------------------------

    /** A file on its way into the outbox. */
    record Sending(String verb, Party to, SentFile file, Map<Ref, Receiver> receivers, List<Post> posts) {}

    /** @param bytes all of them, of a file that goes in pieces */
    record Found(Sending sending, List<ByteString> bytes) implements Happened {}

    record Queued(Sending sending) implements Happened {}

    record NotQueued(Sending sending, String why) implements Happened {}

    record SourceChanged(MessageId file, String why) implements Happened {}

    // --- what others are told -------------------------------------------------------------------------------------

    record Say(Ref ref, Content.FileState.State state) implements Happened {}

    record PiecesRead(Post post, List<ByteString> bytes) implements Happened {}

    /** @param changed how the source is not what it was, if it is not; else it is tried again */
    record PiecesNotRead(Post post, Optional<String> changed) implements Happened {}

    record Posted(Post post, ContactCommand.Handing outcome) implements Happened {}

    /** It needs not be said any more. */
    record Dropped(Post post) implements Happened {}

    record PostAgain() implements Happened {}

    // --- what comes -----------------------------------------------------------------------------------------------

    record Arrival(Ref ref, Optional<IdentityKey> as, Optional<GroupName> group, FileOffer offer, Change taken) {}

    /** @param asks why the user is asked before it begins, if he is */
    record Judged(Arrival arrival, Optional<String> asks) implements Happened {}

    record PiecesThere(CameFile file, List<ByteString> pieces) implements Happened {}

    /** The vault could not be read. */
    record NotGathered(Ref ref) implements Happened {}

    record GatherDue(Ref ref) implements Happened {}

    /** All of it is on disk, under its partial's name. */
    record Whole(Ref ref, String sha256) implements Happened {}

    record Planned(Ref ref, FinalName.Plan plan, String sha256) implements Happened {}

    record Named(Ref ref, FileEffect.Kept kept) implements Happened {}

    /** Somebody else was faster. */
    record NameTaken(Ref ref) implements Happened {}

    record NotNamed(Ref ref) implements Happened {}

    record NameDue(Ref ref) implements Happened {}

    record NoRoom(Ref ref) implements Happened {}

    record RoomDue() implements Happened {}

    record RoomLooked(Ref ref, boolean room) implements Happened {}

    record Broken(Ref ref, String why) implements Happened {}

    // --- connections ----------------------------------------------------------------------------------------------

    record CallDue(Ref ref) implements Happened {}

    record Relayed(Ref ref, FilesSurroundings.Relay.Outcome outcome) implements Happened {}
}
