package parley.peer.contact;

/** What goes out again: after a start, or because there is a new link. */
final class Resuming {
    static Turn resume(Turn turn) {
        turn.follows(turn.known());
        if (!turn.waiting.isEmpty()) turn.follows(Requests.waiting(turn));
        boolean brought = !turn.waiting.isEmpty() || turn.profile().inGroup();
        if (turn.is(Standing.STRANGER) && !brought) forgetHandedOver(turn);
        transmitAll(turn);
        Sealing.sealPending(turn);
        return turn;
    }

    /** Who has brought nothing to keep, and knows what could not be opened, is nobody again. */
    private static void forgetHandedOver(Turn turn) {
        for (var entry : turn.outbox().all()) if (entry.isHandedOver()) turn.remove(entry);
    }

    /** The bytes that were sealed before, in their order. */
    static void transmitAll(Turn turn) {
        if (!turn.maySend()) return;
        for (var entry : turn.outbox().all()) {
            if (entry.isHandedOver()) continue;
            entry.sealing()
                    .ifPresent(sealing -> turn.follows(new Effect.Transmit(
                            turn.contact(), entry.id(), sealing.envelope(), true, entry.deposited())));
        }
    }

    private Resuming() {}
}
