package parley.peer.cipher.agreement;

import java.util.Optional;
import java.util.OptionalLong;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.KeyChain;
import parley.messages.identity.Offer;
import parley.peer.cipher.agreement.PrivateKeys.OneTimePairs;
import parley.peer.cipher.primitive.AgreementPair;
import parley.peer.cipher.primitive.KemPair;

/** The side that published a bundle and is written to. Nothing is spent here: only a message that opens spends. */
public final class Acceptance {
    /** What {@link #of} answers. */
    public sealed interface Accepting {}

    /**
     * @param prekey our signed prekey, where the ratchet starts
     * @param spent the id of the one-time prekeys that must not serve again once a message was opened
     */
    public record Accepted(Agreed agreed, AgreementPair prekey, OptionalLong spent) implements Accepting {}

    public record Refused(NotAgreed why) implements Accepting {}

    /** The private halves of one of our offers. */
    private record Pairs(AgreementPair agreement, AgreementPair prekey, KemPair kem) {}

    /** @param theirs the chain of whom the greeting is said to be from */
    public static Accepting of(Own own, KeyChain theirs, Greeting greeting) {
        var chain = own.chain();
        if (!chain.registry().equals(theirs.registry())) return new Refused(NotAgreed.OTHER_REGISTRY);
        if (chain.name().equals(theirs.name()) || chain.identity().equals(theirs.identity()))
            return new Refused(NotAgreed.OURSELVES);
        if (theirs.isRevoked()) return new Refused(NotAgreed.REVOKED);
        if (!isFrom(theirs, greeting)) return new Refused(NotAgreed.OTHER_IDENTITY);
        var offer = chain.offered(greeting.offer());
        var pairs = offer.flatMap(offered -> pairs(own.keys(), offered));
        if (offer.isEmpty() || pairs.isEmpty()) return new Refused(NotAgreed.UNKNOWN_PREKEYS);
        if (greeting.oneTime().isEmpty())
            return agree(own, theirs, greeting, offer.get().identity(), pairs.get(), Optional.empty());
        var oneTime = own.keys().oneTime(greeting.oneTime().getAsLong());
        if (oneTime.isEmpty()) return new Refused(NotAgreed.SPENT_PREKEYS);
        return agree(own, theirs, greeting, offer.get().identity(), pairs.get(), oneTime);
    }

    private static Accepting agree(
            Own own,
            KeyChain theirs,
            Greeting greeting,
            IdentityKey ours,
            Pairs pairs,
            Optional<OneTimePairs> oneTime) {
        var kem = oneTime.map(OneTimePairs::kem).orElse(pairs.kem());
        var material = new KeyMaterial()
                .dh(pairs.prekey(), greeting.agreement())
                .dh(pairs.agreement(), greeting.ephemeral())
                .dh(pairs.prekey(), greeting.ephemeral());
        oneTime.ifPresent(pair -> material.dh(pair.prekey(), greeting.ephemeral()));
        var binding = Binding.of(
                own.chain().registry(),
                new Binding.Side(theirs.name(), theirs.identity(), greeting.agreement()),
                new Binding.Side(own.chain().name(), ours, pairs.agreement().key()),
                kem.key());
        var agreed = material.encapsulated(kem.decapsulate(greeting.ciphertext()))
                .agree(own.chain().registry(), binding);
        return agreed == null
                ? new Refused(NotAgreed.WEAK_KEY)
                : new Accepted(agreed, pairs.prekey(), greeting.oneTime());
    }

    private static boolean isFrom(KeyChain theirs, Greeting greeting) {
        return theirs.identity().bytes().equals(greeting.identity()) && theirs.hasNamed(greeting.agreement());
    }

    private static Optional<Pairs> pairs(PrivateKeys keys, Offer offer) {
        return keys.agreement(offer.agreement())
                .flatMap(agreement -> keys.agreement(offer.prekey())
                        .flatMap(prekey -> keys.kem(offer.kem()).map(kem -> new Pairs(agreement, prekey, kem))));
    }

    private Acceptance() {}
}
