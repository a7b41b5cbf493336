package parley.messages.identity;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.messages.name.UserName;

/**
 * What one needs to write to somebody for the first time. A bundle that exists was verified: its offer by the chain,
 * its one-time prekeys by {@link #of}.
 */
public final class Bundle {
    /** What {@link #of} answers. */
    public sealed interface Checked {}

    public record Good(Bundle bundle) implements Checked {}

    public record Bad(Why why) implements Checked {}

    public enum Why {
        REVOKED,
        /** The chain names no agreement key, or no prekeys after it. */
        NOTHING_OFFERED,
        /** The one-time prekeys are not signed by the chain's identity. */
        WRONG_SIGNATURE
    }

    private final KeyChain chain;
    private final Offer offer;
    private final @Nullable OneTimePrekeys oneTime;

    /** @param oneTime none when they are used up */
    public static Checked of(KeyChain chain, Optional<OneTimePrekeys> oneTime) {
        if (chain.isRevoked()) return new Bad(Why.REVOKED);
        if (chain.offer().isEmpty()) return new Bad(Why.NOTHING_OFFERED);
        if (oneTime.isPresent() && !oneTime.get().isSignedBy(chain.identity(), chain.registry()))
            return new Bad(Why.WRONG_SIGNATURE);
        return new Good(new Bundle(chain, chain.offer().get(), oneTime.orElse(null)));
    }

    private Bundle(KeyChain chain, Offer offer, @Nullable OneTimePrekeys oneTime) {
        this.chain = chain;
        this.offer = offer;
        this.oneTime = oneTime;
    }

    public RegistryId registry() {
        return chain.registry();
    }

    public UserName name() {
        return chain.name();
    }

    public Offer offer() {
        return offer;
    }

    public Optional<OneTimePrekeys> oneTime() {
        return Optional.ofNullable(oneTime);
    }

    /** The one-time key if there is one, else the last resort. */
    public KemKey kem() {
        return oneTime == null ? offer.kem() : oneTime.kem();
    }

    @Override
    public String toString() {
        return "Bundle[%s]".formatted(chain.name());
    }
}
