package parley.peer.contact;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import parley.messages.wire.Content;
import parley.messages.wire.ContentCodec;
import parley.messages.wire.MessageId;
import parley.messages.wire.Reason;

/**
 * What the contact could not open is sealed again, in another session; its id and text stay.
 *
 * <pre>
 *   sealed in S --refused--> S and those before it retire --> unsealed --a session that did not retire--> sealed
 *          ^------------------------- at most five times, then GaveUp -------------------------------------'
 * </pre>
 */
final class Resealing {
    /** Times. Each costs a session; whoever cannot open six of them has another trouble. */
    static final int RESEALS_MAX = 5;

    static void refused(MessageId id, Reason reason, Turn turn) {
        var found = turn.outbox().find(id);
        if (found.isEmpty() || found.get().sealing().isEmpty()) return;
        var entry = found.get();
        var sealing = entry.sealing().get();
        // It brings its session along: that is the answer to an earlier sealing, which was sealed again already.
        if (reason == Reason.UNKNOWN_SESSION && sealing.greeted()) return;
        if (entry.attempt() >= RESEALS_MAX) {
            Progress.giveUp(entry, "%s could not open it: %s".formatted(turn.contact(), reason), turn);
            return;
        }
        // The registry may hold more pairs whose private halves are gone; the last resort always serves.
        if (reason == Reason.SPENT_PREKEYS) turn.alter(profile -> profile.withoutPair(true));
        retireFrom(sealing.session(), turn);
        turn.put(entry.again(entry.content()));
        turn.follows(new Effect.Withdraw(turn.contact(), id));
    }

    static void repeat(Content.Repeat repeat, Turn turn) {
        long before = turn.profile().next();
        repeat.unopened().forEach(one -> refused(one.id(), one.reason(), turn));
        if (repeat.expected() > before && repeat.expected() <= Incoming.COUNTER_MAX) {
            // Those that move had taken the counters of texts that this vault has forgotten.
            int moved = renumber(repeat.expected(), turn);
            turn.follows(new News.VaultWasOld(turn.contact(), true, repeat.expected() - before + moved));
            return;
        }
        boolean sessionLost = repeat.unopened().stream().anyMatch(one -> one.reason() != Reason.OTHER);
        long missing = missing(repeat.expected(), turn);
        if (sessionLost && missing > 0) turn.follows(new News.VaultWasOld(turn.contact(), false, missing));
    }

    /** Texts from {@code from} on that the contact once acknowledged, and says he has not. */
    private static long missing(long from, Turn turn) {
        long unacknowledged = turn.outbox().all().stream()
                .filter(entry -> entry.content() instanceof Content.Text text && text.counter() >= from)
                .count();
        return turn.profile().next() - from - unacknowledged;
    }

    /**
     * What is to be sealed gets counters that were not used: {@code from} is the first.
     *
     * @return how many texts
     */
    static int renumber(long from, Turn turn) {
        int moves = 0;
        turn.alter(profile -> profile.written(from, profile.previous()));
        for (var entry : turn.outbox().unsealed()) {
            if (!(entry.content() instanceof Content.Text text)) continue;
            var profile = turn.profile();
            var moved = new Content.Text(text.id(), profile.next(), profile.previous(), text.timeMillis(), text.text());
            turn.put(entry.renumbered(moved));
            turn.alter(now -> now.written(moved.counter() + 1, ContentCodec.hash(turn.registry(), moved)));
            moves++;
        }
        return moves;
    }

    /** That session and all that were used longer ago: whoever lost one has lost those. */
    private static void retireFrom(ByteString session, Turn turn) {
        var ids = turn.sessions().ids();
        int at = ids.indexOf(session);
        var gone = new ArrayList<>(at < 0 ? List.<ByteString>of() : ids.subList(at, ids.size()));
        if (!turn.profile().retired().containsAll(gone)) turn.alter(profile -> profile.withRetired(gone));
    }

    private Resealing() {}
}
