package parley.peer.contact;

import java.util.ArrayList;
import java.util.List;
import parley.messages.wire.Content;
import parley.messages.wire.Content.Receipt.What;
import parley.messages.wire.MessageId;

/** What is owed becomes entries of the outbox, many ids to each. */
final class Receipts {
    static Turn read(boolean receipts, Turn turn) {
        var unread = turn.profile().unread();
        if (unread.isEmpty()) return turn;
        turn.alter(Profile::allRead);
        if (receipts && turn.is(Standing.ACCEPTED))
            turn.alter(profile -> profile.with(profile.owed().withRead(unread)));
        return turn;
    }

    /** Of texts in groups, to whoever wrote them: he need not be accepted. */
    static Turn say(What what, List<MessageId> ids, Turn turn) {
        if (turn.is(Standing.BLOCKED) || ids.isEmpty()) return turn;
        var owed = turn.profile().owed();
        for (var id : ids) if (what == What.DELIVERED) owed = owed.withDelivered(id);
        var all = what == What.READ ? owed.withRead(ids) : owed;
        turn.alter(profile -> profile.with(all));
        return turn;
    }

    /** @param repeats whether a {@code REPEAT} is due: one a minute is enough */
    static Turn tell(boolean repeats, Turn turn) {
        if (!turn.maySend()) return turn;
        var owed = turn.profile().owed();
        // To a stranger nothing is owed but for texts in groups.
        enqueue(What.DELIVERED, owed.delivered(), turn);
        enqueue(What.READ, owed.read(), turn);
        if (owed.hasReceipts())
            turn.alter(profile -> profile.with(profile.owed().receipted()));
        if (!repeats || owed.unopened().isEmpty()) return turn;
        if (!owed.lost()) {
            repeat(turn);
            return turn;
        }
        // What could not be opened says that the other side of the session may be lost, so another is begun for it. Or
        // the registry made it up: what is written meanwhile goes on in the session at hand, and links need no
        // registry.
        turn.mending = true;
        if (!turn.asked) turn.follows(new Effect.NeedBundle(turn.contact()));
        turn.asked = true;
        return turn;
    }

    /** Names what could not be opened. */
    static void repeat(Turn turn) {
        var unopened = turn.profile().owed().unopened();
        if (unopened.isEmpty()) return;
        turn.alter(profile -> profile.with(profile.owed().repeated()));
        var id = MessageId.random(turn.moment().random());
        Sealing.enqueue(
                new Content.Repeat(id, unopened, turn.profile().incoming().expected()), turn);
    }

    private static void enqueue(What what, List<MessageId> ids, Turn turn) {
        for (int from = 0; from < ids.size(); from += Content.IDS_MAX) {
            var some = new ArrayList<>(ids.subList(from, Math.min(ids.size(), from + Content.IDS_MAX)));
            Sealing.enqueue(new Content.Receipt(MessageId.random(turn.moment().random()), what, some), turn);
        }
    }

    private Receipts() {}
}
