package parley.peer.contact;

import java.util.Optional;
import parley.messages.identity.Bundle;
import parley.messages.identity.KeyChain;
import parley.messages.identity.OneTimePrekeys;
import parley.peer.cipher.ratchet.Sessions;

/** A session of ours, from the contact's bundle. What does not hold begins nothing and is said. */
final class Beginning {
    static Turn begin(KeyChain given, Optional<OneTimePrekeys> pair, Turn turn) {
        turn.asked = false;
        Identity.saw(given, turn);
        ToMember.giveUpOthers(given, turn);
        boolean mends = turn.mending;
        turn.mending = false;
        if (!turn.maySend() || turn.chain.isEmpty()) return turn;
        // The contact may have begun one meanwhile.
        if (mends || (turn.outbox().hasUnsealed() && !Sealing.hasSession(turn))) {
            var taken = turn.profile().withoutPair() ? Optional.<OneTimePrekeys>empty() : pair;
            switch (Bundle.of(turn.chain.get(), taken)) {
                case Bundle.Good(var bundle) -> begin(bundle, mends, turn);
                case Bundle.Bad(var why) -> turn.follows(new News.BadBundle(turn.contact(), why.toString()));
            }
        }
        if (Sealing.hasSession(turn)) Sealing.sealPending(turn);
        return turn;
    }

    private static void begin(Bundle bundle, boolean mends, Turn turn) {
        var own = turn.moment().keys().own();
        switch (turn.sessions().begin(own, bundle, turn.moment().random())) {
            case Sessions.Started(var next) -> {
                turn.become(next);
                if (turn.profile().withoutPair()) turn.alter(profile -> profile.withoutPair(false));
                if (mends) Receipts.repeat(turn);
            }
            case Sessions.NotStarted(var why) -> turn.follows(new News.BadBundle(turn.contact(), why.toString()));
        }
    }

    static Turn none(boolean never, String why, Turn turn) {
        turn.asked = false;
        turn.mending = false;
        if (never) for (var entry : turn.outbox().unsealed()) Progress.giveUp(entry, why, turn);
        return turn;
    }

    private Beginning() {}
}
