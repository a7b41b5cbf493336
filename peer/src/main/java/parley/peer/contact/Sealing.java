package parley.peer.contact;

import parley.messages.wire.Content;
import parley.messages.wire.ContentCodec;
import parley.messages.wire.Envelope;
import parley.messages.wire.EnvelopeCodec;

/**
 * Seals what waits in the outbox, in its order. The advanced sessions and the sealed bytes are changes of one step, and
 * {@link Effect.Transmit} follows them.
 */
final class Sealing {
    /** A new last entry, sealed if there is a session. */
    static void enqueue(Content content, Turn turn) {
        add(OutboxEntry.toContact(turn.outbox().next(), content), turn);
    }

    static void add(OutboxEntry entry, Turn turn) {
        turn.put(entry);
        sealPending(turn);
    }

    /**
     * Asks for a bundle if there is something to seal and no session to seal it in, or it is for an identity that the
     * chain may have by now. What is for one that the chain had before is given up.
     */
    static void sealPending(Turn turn) {
        if (!turn.maySend() || !turn.outbox().hasUnsealed()) return;
        settle(turn);
        boolean ready = hasSession(turn);
        boolean lacking = false;
        for (var entry : turn.outbox().unsealed()) {
            boolean fits = entry.isFor(turn.chain);
            if (fits && ready) seal(entry, turn);
            else if (!fits && Identity.had(entry.to(), turn.chain)) ToMember.giveUp(entry, turn);
            else lacking = true;
        }
        if (lacking && !turn.asked) turn.follows(new Effect.NeedBundle(turn.contact()));
        turn.asked |= lacking;
    }

    static boolean hasSession(Turn turn) {
        var ids = turn.sessions().ids();
        return !ids.isEmpty() && !turn.profile().retired().contains(ids.getFirst());
    }

    /** No session in which the contact could not open something comes first while there is another. */
    private static void settle(Turn turn) {
        var ids = turn.sessions().ids();
        if (ids.isEmpty() || !turn.profile().retired().contains(ids.getFirst())) return;
        turn.become(turn.sessions().behind(turn.profile().retired()));
    }

    private static void seal(OutboxEntry entry, Turn turn) {
        var session = turn.sessions().ids().getFirst();
        boolean greets = turn.sessions().isGreeting();
        var step = turn.sessions()
                .seal(ContentCodec.encode(entry.content()), turn.moment().random());
        turn.become(step.next());
        var envelope = EnvelopeCodec.encode(new Envelope(entry.id(), step.bytes()));
        turn.put(entry.sealed(new OutboxEntry.Sealing(session, greets, envelope)));
        turn.follows(new Effect.Transmit(turn.contact(), entry.id(), envelope, false, false));
    }

    private Sealing() {}
}
