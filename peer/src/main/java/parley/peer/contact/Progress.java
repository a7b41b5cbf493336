package parley.peer.contact;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import parley.messages.wire.Content;
import parley.messages.wire.MessageId;
import parley.peer.contact.News.Stage;
import parley.peer.store.Change;
import parley.peer.store.Reach;

/**
 * How far something of ours has come.
 *
 * <pre>
 *   QUEUED --Deposited--> SENT --RECEIPT delivered--> DELIVERED --RECEIPT read--> READ
 *      '------ACK on a link, RECEIPT------------------^
 * </pre>
 */
final class Progress {
    /** Receipts that the registry has: the last ones are kept, in case the contact cannot open them. */
    static final int HANDED_OVER_MAX = 32;

    /** The same of texts in groups that are too large for receipts. */
    static final int TEXTS_HANDED_OVER_MAX = 256;

    static Turn deposited(MessageId id, Turn turn) {
        turn.outbox().find(id).filter(entry -> entry.sealing().isPresent()).ifPresent(entry -> {
            turn.put(entry.inMailbox());
            if (entry.isText()) {
                ours(entry, turn);
                reached(id, Reach.SENT, Stage.SENT, turn);
            }
            ToContact.file(entry.content())
                    .filter(file -> ToContact.isInMailbox(file, turn))
                    .ifPresent(file -> turn.follows(new Effect.FileInMailbox(turn.contact(), file)));
            if (!entry.receipt()) {
                turn.follows(new Effect.Withdraw(turn.contact(), id));
                forgetOldest(turn);
            }
        });
        return turn;
    }

    static Turn notDeposited(MessageId id, boolean never, String why, Turn turn) {
        if (never) turn.outbox().find(id).ifPresent(entry -> giveUp(entry, why, turn));
        return turn;
    }

    static Turn acked(List<MessageId> ids, Turn turn) {
        for (var id : ids)
            turn.outbox().find(id).ifPresent(entry -> {
                turn.remove(entry);
                turn.follows(new Effect.Withdraw(turn.contact(), id));
                if (entry.isText()) {
                    ours(entry, turn);
                    reached(id, Reach.DELIVERED, Stage.DELIVERED, turn);
                }
            });
        return turn;
    }

    /** Named in a receipt. Who names what is not his is refused by the store, and nothing is shown. */
    static void receipted(MessageId id, boolean read, Turn turn) {
        turn.outbox().find(id).filter(OutboxEntry::isText).ifPresent(entry -> {
            turn.remove(entry);
            turn.follows(new Effect.Withdraw(turn.contact(), id));
            ours(entry, turn);
        });
        if (read) reached(id, Reach.READ, Stage.READ, turn);
        else reached(id, Reach.DELIVERED, Stage.DELIVERED, turn);
    }

    static void giveUp(OutboxEntry entry, String why, Turn turn) {
        // With another piece of its file.
        if (turn.outbox().find(entry.id()).isEmpty()) return;
        turn.remove(entry);
        turn.follows(new Effect.Withdraw(turn.contact(), entry.id()));
        ToContact.file(entry.content()).ifPresent(file -> {
            ToContact.withdraw(file, turn);
            turn.follows(new Effect.GaveUpFile(turn.contact(), file, why));
        });
        if (!entry.isText()) return;
        gaveUp(entry, turn);
        turn.follows(new News.GaveUp(turn.contact(), entry.id(), entry.group(), why));
    }

    /** It goes no further. */
    static void gaveUp(OutboxEntry entry, Turn turn) {
        ours(entry, turn);
        turn.store(new Change.Mark(turn.contact(), entry.id(), Reach.GAVE_UP));
    }

    /**
     * As long as the outbox has it, that is known without a mark: the first one is made when it has come somewhere.
     * Texts in groups have theirs from the beginning, for all members.
     */
    private static void ours(OutboxEntry entry, Turn turn) {
        if (entry.content() instanceof Content.Text)
            turn.store(new Change.Mark(turn.contact(), entry.id(), Reach.QUEUED));
    }

    private static void reached(MessageId id, Reach reach, Stage stage, Turn turn) {
        turn.store(new Change.Mark(turn.contact(), id, reach));
        turn.follows(new News.Reached(turn.contact(), id, stage, Optional.empty()));
    }

    private static void forgetOldest(Turn turn) {
        var handed = turn.outbox().all().stream()
                .filter(OutboxEntry::isHandedOver)
                .collect(Collectors.partitioningBy(OutboxEntry::isText));
        forgetOldest(handed.getOrDefault(true, List.of()), TEXTS_HANDED_OVER_MAX, turn);
        forgetOldest(handed.getOrDefault(false, List.of()), HANDED_OVER_MAX, turn);
    }

    private static void forgetOldest(List<OutboxEntry> handed, int kept, Turn turn) {
        for (int i = 0; i < handed.size() - kept; i++) turn.remove(handed.get(i));
    }

    private Progress() {}
}
