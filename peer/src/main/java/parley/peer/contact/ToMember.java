package parley.peer.contact;

import java.util.List;
import java.util.Optional;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.KeyChain;
import parley.messages.wire.Content;
import parley.peer.contact.ContactCommand.NotEnqueued;
import parley.peer.store.Change;

/** What is said in a group, for this contact as one of its members: into the outbox, and sealed if it can be. */
final class ToMember {
    sealed interface Answer {}

    record Took(Step step) implements Answer {}

    record Refused(NotEnqueued answer) implements Answer {}

    static Answer enqueue(Content.InGroup content, IdentityKey to, List<Change> with, Turn turn) {
        var refused = Writing.barred(turn).or(() -> Writing.full(bytes(content), turn));
        if (refused.isPresent()) {
            var why = refused.get();
            return new Refused(new NotEnqueued(turn.contact(), content.id(), why.why(), why.text()));
        }
        with.forEach(turn::store);
        turn.metInGroup();
        boolean receipts = turn.moment().groups().saysReceipts(content.place().id());
        if (turn.outbox().find(content.id()).isEmpty())
            Sealing.add(OutboxEntry.toMember(turn.outbox().next(), content, to, receipts), turn);
        return new Took(turn.done());
    }

    private static int bytes(Content.InGroup content) {
        return content instanceof Content.GroupText text ? text.text().length() : 0;
    }

    /** What is not for {@code given}, which was fetched just now, nor for the chain that is believed, never will be. */
    static void giveUpOthers(KeyChain given, Turn turn) {
        if (!turn.maySend() || turn.chain.isEmpty()) return;
        for (var entry : turn.outbox().unsealed())
            if (!entry.isFor(turn.chain) && !entry.isFor(Optional.of(given))) giveUp(entry, turn);
    }

    static void giveUp(OutboxEntry entry, Turn turn) {
        Progress.giveUp(entry, "%s has another identity than the member of the group".formatted(turn.contact()), turn);
    }

    private ToMember() {}
}
