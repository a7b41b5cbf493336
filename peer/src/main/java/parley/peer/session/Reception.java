package parley.peer.session;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import parley.messages.classic.Origin;
import parley.messages.classic.PeerMessage.PublicValue;
import parley.messages.classic.Sealed;
import parley.peer.link.Conversation;
import parley.peer.link.Inbox;
import parley.peer.link.TextPieces;
import parley.peer.talk.Happening;
import parley.peer.talk.Party;
import parley.peer.talk.Screen;
import parley.peer.transfer.Downloads;
import parley.peer.transfer.FileNames;

/**
 * Inbound links end here: whoever is signed in introduces the cipher, what it opens is shown or stored, and only then
 * is the sender told that it arrived.
 */
final class Reception implements Inbox {
    /** Answers with the cipher for a conversation; fails with {@link NotDelivered} where there is none. */
    interface Introducer extends Function<Party, CompletionStage<Cipher>> {}

    private final Introducer introducer;
    private final Downloads downloads;
    private final Screen screen;
    private final Dropping dropping;
    private final LongSupplier nanoTime;

    Reception(
            Introducer introducer, Downloads downloads, Screen screen, LongSupplier nanoTime) {
        this.introducer = introducer;
        this.downloads = downloads;
        this.screen = screen;
        this.dropping = new Dropping(nanoTime);
        this.nanoTime = nanoTime;
    }

    @Override
    public CompletionStage<Verdict> text(Conversation from, int length, Sealed text) {
        var party = party(from.origin());
        return introducer
                .apply(party)
                .thenCompose(cipher -> cipher.open(theirs(from), List.of(text)))
                .thenCompose(opened -> {
                    var readable = TextPieces.text(opened.getFirst(), length);
                    if (readable.isEmpty()) throw new NotDelivered("a text that our key does not open");
                    return screen.show(new Happening.TextCame(party, readable.get()));
                })
                .<Verdict>thenApply(shown -> new Verdict.Kept())
                .exceptionally(refused -> new Verdict.Refused(NotDelivered.why(refused)));
    }

    @Override
    public CompletionStage<Place> file(Conversation from, String path) {
        var party = party(from.origin());
        return introducer
                .apply(party)
                .thenCompose(cipher -> downloads.offer(path).thenApply(offered -> switch (offered) {
                    case Downloads.Ready ready -> new Place.Into(store(from, FileNames.safe(path), cipher, ready));
                    case Downloads.NoPlace(var why) -> throw new NotDelivered(why);
                }))
                .<Place>thenApply(into -> into)
                .exceptionally(refused -> new Place.Refused(NotDelivered.why(refused)));
    }

    private Sink<List<Sealed>, CompletionStage<Verdict>> store(
            Conversation from, String name, Cipher cipher, Downloads.Ready ready) {
        var party = party(from.origin());
        var progress = new ProgressReport(screen, nanoTime, Happening.Way.IN, party, name, -1);
        return Flow.<List<Sealed>>create()
                .mapAsync(1, sealed -> cipher.open(theirs(from), sealed).thenApply(plain -> {
                    progress.moved(plain.stream().mapToLong(chunk -> chunk.size()).sum());
                    return plain;
                }))
                .toMat(ready.sink(), Keep.right())
                .mapMaterializedValue(stored -> stored.thenCompose(outcome -> told(party, name, outcome)));
    }

    private CompletionStage<Verdict> told(Party party, String name, Downloads.Outcome outcome) {
        return switch (outcome) {
            case Downloads.Stored(var path, var stored, var bytes, var sha256) ->
                screen.show(new Happening.FileCame(party, stored, path, bytes, sha256, bytes % PADDING == 0))
                        .thenApply(shown -> new Verdict.Kept());
            case Downloads.NotStored(var why) ->
                screen.show(new Happening.FileFailed(party, name, why))
                        .thenApply(shown -> new Verdict.Refused(why));
        };
    }

    /** Bytes. Classic senders fill a file's last chunk up to a multiple of this many; nobody can tell afterwards. */
    private static final int PADDING = 8;

    @Override
    public void dropped(Dropped dropped) {
        dropping.report(dropped).ifPresent(notice -> screen.show(new Happening.Notice(notice)));
    }

    private static Party party(Origin origin) {
        return switch (origin) {
            case Origin.User(var name) -> new Party.User(name);
            case Origin.Group(var name) -> new Party.Group(name);
        };
    }

    private static Optional<PublicValue> theirs(Conversation from) {
        return switch (from) {
            case Conversation.WithContact(var contact, var theirs) -> Optional.of(theirs);
            case Conversation.WithGroup group -> Optional.empty();
        };
    }
}
