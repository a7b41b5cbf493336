package parley.peer.session;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Source;
import parley.messages.classic.Origin;
import parley.messages.classic.PeerMessage.PublicValue;
import parley.messages.classic.Sealed;
import parley.messages.name.Address;
import parley.peer.link.Delivery;
import parley.peer.link.Dialler;
import parley.peer.link.Outgoing;
import parley.peer.link.TextPieces;
import parley.peer.talk.Happening;
import parley.peer.talk.Party;
import parley.peer.talk.Screen;
import parley.peer.transfer.FileToSend;
import parley.peer.transfer.TransferSettings;

/** Makes of a parcel what a link can carry, and sends it; the same for contacts and groups. */
final class Packing {
    /** A classic reader takes half a KiB at once, so this is 150 links one after the other; more is a file. */
    static final int TEXT_BYTES_MAX = 60 * 1024;

    private final ActorSystem<?> system;
    private final Dialler dialler;
    private final TransferSettings transfer;
    private final Screen screen;
    private final LongSupplier nanoTime;

    Packing(ActorSystem<?> system, Dialler dialler, TransferSettings transfer, Screen screen, LongSupplier nanoTime) {
        this.system = system;
        this.dialler = dialler;
        this.transfer = transfer;
        this.screen = screen;
        this.nanoTime = nanoTime;
    }

    /** One parcel, opened once and sent as often as there are recipients. */
    sealed interface Packed {}

    private record Pieces(List<Outgoing.Text> pieces) implements Packed {}

    /** Prints without the file's name. */
    private record Contents(Origin from, FileToSend.Sendable file, Cipher cipher, Party to) implements Packed {
        @Override
        public String toString() {
            return "Contents[redacted]";
        }
    }

    /** Fails with {@link NotDelivered} if the text is too long or the file cannot be read. */
    CompletionStage<Packed> pack(Parcel parcel, Origin from, Party to, Cipher cipher) {
        return switch (parcel) {
            case Parcel.Text(var text) -> pieces(text, from, cipher);
            case Parcel.File(var path) ->
                FileToSend.open(system, transfer, path).thenApply(opened -> switch (opened) {
                    case FileToSend.Sendable file -> new Contents(from, file, cipher, to);
                    case FileToSend.Unsendable(var why) -> throw new NotDelivered("Cannot send the file: " + why);
                });
        };
    }

    private static CompletionStage<Packed> pieces(String text, Origin from, Cipher cipher) {
        var pieces = TextPieces.of(from, text);
        int bytes = pieces.stream().mapToInt(piece -> piece.utf8().size()).sum();
        if (bytes > TEXT_BYTES_MAX) {
            return CompletableFuture.failedFuture(
                    new NotDelivered("The text has %d bytes, expected at most %d; longer ones go as a file"
                            .formatted(bytes, TEXT_BYTES_MAX)));
        }
        return CompletableFuture.completedFuture(new Pieces(pieces.stream()
                .map(piece -> new Outgoing.Text(from, piece.length(), theirs -> seal(cipher, theirs, piece)))
                .toList()));
    }

    CompletionStage<Delivery> send(Address address, Packed packed) {
        return switch (packed) {
            case Pieces(var pieces) -> dialler.send(address, pieces);
            case Contents contents ->
                dialler.send(
                        address,
                        new Outgoing.File(contents.from(), contents.file().name(), theirs -> chunks(contents, theirs)));
        };
    }

    private static CompletionStage<Outgoing.Sealing> seal(
            Cipher cipher, Optional<PublicValue> theirs, TextPieces.Piece piece) {
        return cipher.seal(theirs, List.of(piece.utf8()))
                .<Outgoing.Sealing>thenApply(boxes -> new Outgoing.Sealing.Done(boxes.getFirst()))
                .exceptionally(refused -> new Outgoing.Sealing.Refused(NotDelivered.why(refused)));
    }

    private Source<List<Sealed>, ?> chunks(Contents contents, Optional<PublicValue> theirs) {
        var file = contents.file();
        var progress =
                new ProgressReport(screen, nanoTime, Happening.Way.OUT, contents.to(), file.name(), file.bytes());
        return file.chunks()
                .mapAsync(
                        1,
                        plain -> contents.cipher().seal(theirs, plain).thenApply(boxes -> {
                            progress.moved(plain.stream()
                                    .mapToLong(chunk -> chunk.size())
                                    .sum());
                            return boxes;
                        }));
    }
}
