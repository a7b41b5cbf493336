package parley.peer.contact;

import java.util.List;
import parley.messages.identity.Appending;
import parley.messages.identity.Claim;
import parley.messages.identity.KeyChain;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.cipher.primitive.AgreementPair;
import parley.peer.cipher.primitive.KemPair;
import parley.peer.cipher.primitive.SeededRandom;
import parley.peer.store.OwnKeysOf;

/** What becomes of somebody's chain. */
final class Chains {
    static KeyChain revoked(Side side) {
        var chain = side.keys.chain();
        var draft = chain.draft(new Claim.Revoke(), side.nowMillis);
        return taken(chain.append(side.recovery.sign(draft, chain.registry())));
    }

    /** Another identity, signed by the present one, with new keys. */
    static KeyChain succeeded(Side side, long seed) {
        var random = new SeededRandom(seed);
        var next = SigningKey.create(random);
        var chain = side.keys.chain();
        chain = taken(chain.append(OwnKeysOf.identity(side.keys).succeedBy(next, chain, side.nowMillis)));
        var claims = List.<Claim>of(
                new Claim.Tls(SigningKey.create(random).key()),
                new Claim.Agreement(AgreementPair.create(random).key()),
                new Claim.SignedPrekeys(
                        AgreementPair.create(random).key(),
                        KemPair.create(random).key()));
        for (var claim : claims)
            chain = taken(chain.append(next.sign(chain.draft(claim, side.nowMillis), chain.registry())));
        return chain;
    }

    private static KeyChain taken(Appending answer) {
        return switch (answer) {
            case Appending.Longer(var chain) -> chain;
            case Appending.Refused(var why) -> throw new AssertionError("refused: " + why);
        };
    }

    private Chains() {}
}
