package parley.peer.contact;

import java.util.List;
import java.util.Optional;
import parley.messages.wire.Content;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.peer.contact.ContactCommand.Hand;
import parley.peer.contact.ContactCommand.NotHanded;

/** What is said of a file, for this contact: all of it into the outbox at once, and sealed if it can be. */
final class ToContact {
    sealed interface Answer {}

    record Took(Step step) implements Answer {}

    record Refused(NotHanded answer) implements Answer {}

    static Answer hand(Hand hand, Turn turn) {
        var refused = Writing.barred(turn).or(() -> Writing.full(bytes(hand.contents()), turn));
        if (refused.isPresent()) {
            var why = refused.get();
            return new Refused(new NotHanded(turn.contact(), hand.id(), why.why(), why.text()));
        }
        // Whoever one has written to is accepted, and a file is no less than a text.
        if (hand.befriends() && turn.is(Standing.STRANGER)) Requests.accept(turn);
        hand.with().forEach(turn::store);
        if (hand.to().isPresent()) turn.metInGroup();
        for (var content : hand.contents())
            if (turn.outbox().find(content.id()).isEmpty())
                turn.put(OutboxEntry.ofFile(turn.outbox().next(), content, hand.to()));
        Sealing.sealPending(turn);
        return new Took(turn.done());
    }

    private static int bytes(List<Content.OfFile> contents) {
        return contents.stream()
                .mapToInt(content ->
                        content instanceof Content.Piece piece ? piece.bytes().size() : 0)
                .sum();
    }

    /** The offer of that file and its pieces: it is over. */
    static void withdraw(MessageId file, Turn turn) {
        for (var entry : turn.outbox().all()) {
            if (!file(entry.content()).equals(Optional.of(file))) continue;
            turn.remove(entry);
            turn.follows(new Effect.Withdraw(turn.contact(), entry.id()));
        }
    }

    /** Whether that file goes in pieces, and its offer and all of them are there. */
    static boolean isInMailbox(MessageId file, Turn turn) {
        var there = turn.outbox().all().stream()
                .filter(entry -> file(entry.content()).equals(Optional.of(file)))
                .filter(OutboxEntry::deposited)
                .map(OutboxEntry::content)
                .toList();
        return there.stream()
                .flatMap(content -> offer(content).stream())
                .anyMatch(offer -> offer.inPieces() && there.size() == 1 + offer.pieces());
    }

    private static Optional<FileOffer> offer(Content content) {
        if (content instanceof Content.File(var id, var offer)) return Optional.of(offer);
        if (content instanceof Content.GroupFile(var id, var place, var offer)) return Optional.of(offer);
        return Optional.empty();
    }

    /** The file that it belongs to, if it is an offer or a piece of one. */
    static Optional<MessageId> file(Content content) {
        return switch (content) {
            case Content.File offer -> Optional.of(offer.id());
            case Content.GroupFile offer -> Optional.of(offer.id());
            case Content.Piece piece -> Optional.of(piece.file());
            case Content.FileState state -> Optional.empty();
            case Content.InGroup said -> Optional.empty();
            case Content.Text text -> Optional.empty();
            case Content.Receipt receipt -> Optional.empty();
            case Content.Repeat repeat -> Optional.empty();
            case Content.Nothing nothing -> Optional.empty();
            case Content.Unknown unknown -> Optional.empty();
        };
    }

    private ToContact() {}
}
