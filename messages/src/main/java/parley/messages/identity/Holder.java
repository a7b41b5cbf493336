package parley.messages.identity;

import org.jspecify.annotations.Nullable;

/**
 * What a chain has come to say.
 *
 * @param tls the key of the account's links; none until stated, and none again when the identity changes
 * @param offer what to write to the account with; none without an agreement key and prekeys stated after it
 */
record Holder(
        IdentityKey identity,
        IdentityKey recovery,
        @Nullable IdentityKey tls,
        @Nullable AgreementKey agreement,
        @Nullable Offer offer,
        boolean revoked) {

    static Holder of(Claim.Identity first) {
        return new Holder(first.identity(), first.recovery(), null, null, null, false);
    }

    Holder with(long sequence, Claim claim) {
        return switch (claim) {
            case Claim.Identity again -> throw new IllegalStateException("an identity is the first statement only");
            case Claim.Tls(var key) -> new Holder(identity, recovery, key, agreement, offer, false);
            case Claim.Agreement(var key) -> new Holder(identity, recovery, tls, key, null, false);
            case Claim.SignedPrekeys(var prekey, var kem) -> {
                if (agreement == null) throw new IllegalStateException("prekeys without an agreement key");
                var next = new Offer(sequence, identity, agreement, prekey, kem);
                yield new Holder(identity, recovery, tls, agreement, next, false);
            }
            case Claim.Successor(var next, var proof) -> new Holder(next, recovery, null, null, null, false);
            case Claim.Revoke() -> new Holder(identity, recovery, null, null, null, true);
        };
    }
}
