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

    /** What either side has to say of a file, if it is still so. */
    record Say(Ref ref, Content.FileState.State state) implements Happened {}

    // --- what we send ---------------------------------------------------------------------------------------------

    /** To what leaves us, see {@link Departures}. */
    sealed interface OfDeparture extends Happened {}

    /** A file on its way into the outbox. */
    record Sending(String verb, Party to, SentFile file, Map<Ref, Receiver> receivers, List<Post> posts) {}

    /** @param bytes all of them, of a file that goes in pieces */
    record Found(Sending sending, List<ByteString> bytes) implements OfDeparture {}

    record Queued(Sending sending) implements OfDeparture {}

    record NotQueued(Sending sending, String why) implements OfDeparture {}

    record SourceChanged(MessageId file, String why) implements OfDeparture {}

    // --- what others are told -------------------------------------------------------------------------------------

    record PiecesRead(Post post, List<ByteString> bytes) implements OfDeparture {}

    /** @param changed how the source is not what it was, if it is not; else it is tried again */
    record PiecesNotRead(Post post, Optional<String> changed) implements OfDeparture {}

    record Posted(Post post, ContactCommand.Handing outcome) implements OfDeparture {}

    /** It needs not be said any more. */
    record Dropped(Post post) implements OfDeparture {}

    record PostAgain() implements OfDeparture {}

    // --- what comes -----------------------------------------------------------------------------------------------

    /** To what comes, see {@link Arrivals}. */
    sealed interface OfArrival extends Happened {}

    record Arrival(Ref ref, Optional<IdentityKey> as, Optional<GroupName> group, FileOffer offer, Change taken) {}

    /** @param asks why the user is asked before it begins, if he is */
    record Judged(Arrival arrival, Optional<String> asks) implements OfArrival {}

    record PiecesThere(CameFile file, List<ByteString> pieces) implements OfArrival {}

    /** The vault could not be read. */
    record NotGathered(Ref ref) implements OfArrival {}

    record GatherDue(Ref ref) implements OfArrival {}

    /** All of it is on disk, under its partial's name. */
    record Whole(Ref ref, String sha256) implements OfArrival {}

    record Planned(Ref ref, FinalName.Plan plan, String sha256) implements OfArrival {}

    record Named(Ref ref, FileEffect.Kept kept) implements OfArrival {}

    /** Somebody else was faster. */
    record NameTaken(Ref ref) implements OfArrival {}

    record NotNamed(Ref ref) implements OfArrival {}

    record NameDue(Ref ref) implements OfArrival {}

    record NoRoom(Ref ref) implements OfArrival {}

    record RoomDue() implements OfArrival {}

    record RoomLooked(Ref ref, boolean room) implements OfArrival {}

    record Broken(Ref ref, String why) implements OfArrival {}

    // --- connections ----------------------------------------------------------------------------------------------

    /** See {@link Streaming}. */
    sealed interface OfConnection extends Happened {}

    record CallDue(Ref ref) implements OfConnection {}

    record Relayed(Ref ref, FilesSurroundings.Relay.Outcome outcome) implements OfConnection {}
}
