package parley.messages.identity;

import org.apache.pekko.util.ByteString;

/** One link of a key chain. That its signature is right is known only once a {@link KeyChain} has taken it in. */
public record Statement(Draft draft, Signature signature) {
    public Claim claim() {
        return draft.claim();
    }

    /** What the next statement names as its previous one. */
    public ByteString hash(RegistryId registry) {
        return Label.hash("statement", registry, StatementCodec.encode(this));
    }

    boolean isSignedBy(IdentityKey key, RegistryId registry) {
        return key.verifies(draft.signed(registry), signature);
    }
}
