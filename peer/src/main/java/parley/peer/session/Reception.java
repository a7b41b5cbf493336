package parley.peer.session;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

    /** Where files are put: {@link Downloads#offer}. */
    interface Shelf extends Function<String, CompletionStage<Downloads.Offered>> {}

    /** Bytes. Classic senders fill a file's last chunk up to a multiple of this many; nobody can tell afterwards. */
    private static final int PADDING = 8;

    private static final String SCREEN_BUSY = "our screen is far behind";

    private final Introducer introducer;
    private final Shelf shelf;
    private final Screen screen;
    private final LongSupplier nanoTime;
    private final Dropping dropping;
    private final Turnstile turnstile = new Turnstile();

    Reception(Introducer introducer, Shelf shelf, Screen screen, LongSupplier nanoTime) {
        this.introducer = introducer;
        this.shelf = shelf;
        this.screen = screen;
        this.nanoTime = nanoTime;
        this.dropping = new Dropping(nanoTime);
    }

    @Override
    public CompletionStage<Verdict> text(Conversation from, int length, Sealed text) {
        if (!turnstile.enter()) return CompletableFuture.completedFuture(new Verdict.Refused(SCREEN_BUSY));
        var party = party(from.origin());
        return introducer
                .apply(party)
                .thenCompose(cipher ->
                        cipher.open(theirs(from), List.of(text)).whenComplete((opened, failure) -> cipher.giveBack()))
                .thenCompose(opened -> {
                    var readable = TextPieces.text(opened.getFirst(), length);
                    if (readable.isEmpty()) throw new NotDelivered("a text that our key does not open");
                    return screen.show(new Happening.TextCame(party, readable.get()));
                })
                .<Verdict>thenApply(shown -> new Verdict.Kept())
                .exceptionally(refused -> new Verdict.Refused(NotDelivered.why(refused)))
                .whenComplete((verdict, never) -> turnstile.leave());
    }

    @Override
    public CompletionStage<Place> file(Conversation from, String path) {
        if (!turnstile.enter()) return CompletableFuture.completedFuture(new Place.Refused(SCREEN_BUSY));
        var party = party(from.origin());
        return introducer
                .apply(party)
                .thenCompose(cipher -> place(from, party, FileNames.safe(path), cipher, shelf.apply(path)))
                .exceptionally(refused -> {
                    turnstile.leave();
                    return new Place.Refused(NotDelivered.why(refused));
                });
    }

    private CompletionStage<Place> place(
            Conversation from, Party party, String name, Cipher cipher, CompletionStage<Downloads.Offered> offered) {
        return offered.<Place>thenApply(offer -> switch (offer) {
                    case Downloads.Ready ready -> new Place.Into(store(from, party, name, cipher, ready));
                    case Downloads.NoPlace(var why) -> throw new NotDelivered(why);
                })
                .whenComplete((place, failure) -> {
                    if (failure != null) cipher.giveBack();
                });
    }

    private Sink<List<Sealed>, CompletionStage<Verdict>> store(
            Conversation from, Party party, String name, Cipher cipher, Downloads.Ready ready) {
        var progress = new ProgressReport(screen, nanoTime, Happening.Way.IN, party, name, -1);
        return Flow.<List<Sealed>>create()
                .mapAsync(
                        1,
                        boxes -> cipher.open(theirs(from), boxes).thenApply(plain -> {
                            progress.moved(plain.stream()
                                    .mapToLong(chunk -> chunk.size())
                                    .sum());
                            return plain;
                        }))
                // What is told of the file is this failure's message.
                .mapError(CompletionException.class, wrapped -> new NotDelivered(NotDelivered.why(wrapped)))
                .toMat(ready.sink(), Keep.right())
                .mapMaterializedValue(stored -> stored.whenComplete((outcome, never) -> cipher.giveBack())
                        .thenCompose(outcome -> told(party, name, outcome))
                        .whenComplete((verdict, failure) -> turnstile.leave()));
    }

    private CompletionStage<Verdict> told(Party party, String name, Downloads.Outcome outcome) {
        return switch (outcome) {
            case Downloads.Stored(var path, var stored, var bytes, var sha256) ->
                screen.show(new Happening.FileCame(party, stored, path, bytes, sha256, maybePadded(bytes)))
                        .thenApply(shown -> new Verdict.Kept());
            case Downloads.NotStored(var why) ->
                screen.show(new Happening.FileFailed(party, name, why)).thenApply(shown -> new Verdict.Refused(why));
        };
    }

    private static boolean maybePadded(long bytes) {
        return bytes > 0 && bytes % PADDING == 0;
    }

    @Override
    public void dropped(Dropped dropped) {
        // The file that it broke off is told to have failed.
        if (dropped.fileTold()) return;
        dropping.report(dropped)
                .ifPresent(notice ->
                        screen.show(new Happening.Notice(notice)).whenComplete((shown, failure) -> dropping.shown()));
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
