package parley.peer.cipher.agreement;

import java.security.SecureRandom;
import java.util.OptionalLong;
import parley.messages.identity.AgreementKey;
import parley.messages.identity.Bundle;
import parley.peer.cipher.primitive.AgreementPair;
import parley.peer.cipher.primitive.KemPair;

/** The side that writes first. What it is given was verified: a {@link Bundle} does not exist otherwise. */
public final class Initiation {
    /** What {@link #begin} answers. */
    public sealed interface Beginning {}

    /** @param prekey the responder's signed prekey, where the ratchet starts */
    public record Begun(Agreed agreed, Greeting greeting, AgreementKey prekey) implements Beginning {}

    public record Refused(NotAgreed why) implements Beginning {}

    /** @throws IllegalStateException if our own chain names no agreement key, or its private half is gone */
    public static Beginning begin(Own own, Bundle theirs, SecureRandom random) {
        var chain = own.chain();
        var offer = theirs.offer();
        if (!chain.registry().equals(theirs.registry())) return new Refused(NotAgreed.OTHER_REGISTRY);
        if (chain.name().equals(theirs.name()) || chain.identity().equals(offer.identity()))
            return new Refused(NotAgreed.OURSELVES);
        var agreement = chain.agreement()
                .flatMap(own.keys()::agreement)
                .orElseThrow(() -> new IllegalStateException("no agreement key of our own"));
        var ephemeral = AgreementPair.create(random);
        var encapsulated = KemPair.encapsulate(theirs.kem(), random);

        var material = new KeyMaterial()
                .dh(agreement, offer.prekey())
                .dh(ephemeral, offer.agreement())
                .dh(ephemeral, offer.prekey());
        theirs.oneTime().ifPresent(oneTime -> material.dh(ephemeral, oneTime.prekey()));
        var binding = Binding.of(
                chain.registry(),
                new Binding.Side(chain.name(), chain.identity(), agreement.key()),
                new Binding.Side(theirs.name(), offer.identity(), offer.agreement()),
                theirs.kem());
        var agreed = material.encapsulated(encapsulated.secret()).agree(chain.registry(), binding);
        if (agreed == null) return new Refused(NotAgreed.WEAK_KEY);
        var oneTime = theirs.oneTime().map(pair -> OptionalLong.of(pair.id())).orElse(OptionalLong.empty());
        var greeting = new Greeting(
                chain.identity().bytes(),
                agreement.key(),
                ephemeral.key(),
                offer.sequence(),
                oneTime,
                encapsulated.ciphertext());
        return new Begun(agreed, greeting, offer.prekey());
    }

    private Initiation() {}
}
