package parley.peer.contact;

import java.util.Optional;
import parley.messages.identity.Claim;
import parley.messages.identity.Continuity;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.KeyChain;
import parley.messages.identity.KeyChainCodec;
import parley.messages.wire.Content;
import parley.peer.cipher.ratchet.Sessions;

/**
 * Who the contact is.
 *
 * <pre>
 *   nobody --a chain--> PINNED --verify--> VERIFIED
 *   PINNED, VERIFIED --CHANGED, signed--> CHANGED           shown; all goes on
 *   any --FORKED--> FORKED --AcceptIdentity--> PINNED       sessions dropped, counters from 1
 *                   FORKED --the chain that was seen goes on--> PINNED
 *   any --REVOKED--> REVOKED                                nothing is sent any more
 *   any --SHORTENED--> the same                             said; what was seen is believed
 * </pre>
 */
final class Identity {
    static void saw(KeyChain given, Turn turn) {
        if (!given.name().equals(turn.contact())) throw new IllegalArgumentException("a chain of " + given.name());
        if (!turn.is(Standing.STRANGER)) {
            held(given, turn);
            return;
        }
        // Whom the registry calls a sender it may have made up: what is kept of all those is bounded.
        var chains = turn.moment().allowance().chains();
        long before = cost(turn.chain, turn.forked);
        long most = cost(Optional.of(given), Optional.empty());
        if (!chains.take(most)) return;
        held(given, turn);
        chains.give(before + most - cost(turn.chain, turn.forked));
    }

    /** Of a stranger, to {@link Allowance#chains}. */
    static long cost(Optional<KeyChain> chain, Optional<KeyChain> forked) {
        return cost(chain) + cost(forked);
    }

    private static long cost(Optional<KeyChain> chain) {
        return chain.map(known -> Math.max(
                        Allowance.STRANGER_BYTES, KeyChainCodec.encode(known).size()))
                .orElse(0L);
    }

    /** Whether {@code key} was the identity of {@code chain} before the present one. */
    static boolean had(Optional<IdentityKey> key, Optional<KeyChain> chain) {
        if (key.isEmpty() || chain.isEmpty()) return false;
        return chain.get().statements().stream().anyMatch(statement -> switch (statement.claim()) {
            case Claim.Identity first -> first.identity().equals(key.get());
            case Claim.Successor next -> next.next().equals(key.get());
            case Claim.Tls tls -> false;
            case Claim.Agreement agreement -> false;
            case Claim.SignedPrekeys prekeys -> false;
            case Claim.Revoke revoke -> false;
        });
    }

    private static void held(KeyChain given, Turn turn) {
        if (turn.chain.isEmpty()) {
            turn.chain = Optional.of(given);
            if (given.isRevoked()) end(turn);
            return;
        }
        switch (Continuity.of(turn.chain.get(), given)) {
            case CONTINUED -> {
                turn.chain = Optional.of(given);
                standAgain(turn);
            }
            case CHANGED -> {
                turn.chain = Optional.of(given);
                turn.forked = Optional.empty();
                turn.alter(profile -> profile.with(Trust.CHANGED));
                turn.follows(new News.IdentityChanged(turn.contact(), true));
            }
            case REVOKED -> {
                turn.chain = Optional.of(given);
                if (turn.profile().trust() != Trust.REVOKED) end(turn);
            }
            case SHORTENED -> turn.follows(new News.ChainWithheld(turn.contact()));
            case FORKED -> fork(given, turn);
        }
    }

    private static void standAgain(Turn turn) {
        if (turn.profile().trust() != Trust.FORKED) return;
        turn.forked = Optional.empty();
        turn.alter(profile -> profile.with(Trust.PINNED));
        // What was withdrawn goes out again.
        Resuming.transmitAll(turn);
    }

    private static void fork(KeyChain given, Turn turn) {
        boolean known = turn.profile().trust() == Trust.FORKED && turn.forked.equals(Optional.of(given));
        if (known || turn.profile().trust() == Trust.REVOKED) return;
        turn.forked = Optional.of(given);
        turn.alter(profile -> profile.with(Trust.FORKED));
        turn.follows(new News.IdentityChanged(turn.contact(), false));
        for (var entry : turn.outbox().all()) turn.follows(new Effect.Withdraw(turn.contact(), entry.id()));
    }

    private static void end(Turn turn) {
        turn.alter(profile -> profile.with(Trust.REVOKED));
        turn.forked = Optional.empty();
        turn.follows(new News.IdentityEnded(turn.contact()));
        for (var entry : turn.outbox().all()) {
            if (entry.isHandedOver()) turn.remove(entry);
            else Progress.giveUp(entry, "the identity has ended", turn);
        }
    }

    /** Somebody else is behind the name, as far as anybody can tell: nothing of before holds for him. */
    static Turn accept(Turn turn) {
        if (turn.forked.isEmpty()) return turn;
        var accepted = turn.forked.get();
        turn.chain = turn.forked;
        turn.forked = Optional.empty();
        turn.become(Sessions.none());
        turn.alter(Profile::startedAgain);
        if (accepted.isRevoked()) {
            end(turn);
            return turn;
        }
        for (var entry : turn.outbox().all()) {
            boolean said = entry.content() instanceof Content.Text || entry.content() instanceof Content.InGroup;
            if (said && !entry.isHandedOver()) turn.put(entry.renumbered(entry.content()));
            else turn.remove(entry);
        }
        Resealing.renumber(1, turn);
        turn.asked = false;
        turn.mending = false;
        turn.follows(new Effect.CollectAgain(turn.contact()));
        Sealing.sealPending(turn);
        return turn;
    }

    static Turn verified(Turn turn) {
        var trust = turn.profile().trust();
        if (trust != Trust.FORKED && trust != Trust.REVOKED) turn.alter(profile -> profile.with(Trust.VERIFIED));
        return turn;
    }

    private Identity() {}
}
