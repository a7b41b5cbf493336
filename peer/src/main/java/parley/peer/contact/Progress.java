package parley.peer.contact;

import java.util.List;
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

    static Turn deposited(MessageId id, Turn turn) {
        turn.outbox().find(id).filter(entry -> entry.sealing().isPresent()).ifPresent(entry -> {
            turn.put(entry.inMailbox());
            if (entry.isText()) {
                ours(id, turn);
                reached(id, Reach.SENT, Stage.SENT, turn);
            } else {
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
                    ours(id, turn);
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
            ours(id, turn);
        });
        if (read) reached(id, Reach.READ, Stage.READ, turn);
        else reached(id, Reach.DELIVERED, Stage.DELIVERED, turn);
    }

    static void giveUp(OutboxEntry entry, String why, Turn turn) {
        turn.remove(entry);
        turn.follows(new Effect.Withdraw(turn.contact(), entry.id()));
        if (!entry.isText()) return;
        gaveUp(entry.id(), turn);
        turn.follows(new News.GaveUp(turn.contact(), entry.id(), why));
    }

    /** It goes no further. */
    static void gaveUp(MessageId id, Turn turn) {
        ours(id, turn);
        turn.store(new Change.Mark(turn.contact(), id, Reach.GAVE_UP));
    }

    /** As long as the outbox has it, that is known without a mark: the first one is made when it has come somewhere. */
    private static void ours(MessageId id, Turn turn) {
        turn.store(new Change.Mark(turn.contact(), id, Reach.QUEUED));
    }

    private static void reached(MessageId id, Reach reach, Stage stage, Turn turn) {
        turn.store(new Change.Mark(turn.contact(), id, reach));
        turn.follows(new News.Reached(turn.contact(), id, stage));
    }

    private static void forgetOldest(Turn turn) {
        var handed =
                turn.outbox().all().stream().filter(OutboxEntry::isHandedOver).toList();
        for (int i = 0; i < handed.size() - HANDED_OVER_MAX; i++) turn.remove(handed.get(i));
    }

    private Progress() {}
}
