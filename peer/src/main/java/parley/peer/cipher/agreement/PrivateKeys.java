package parley.peer.cipher.agreement;

import java.util.Optional;
import parley.messages.identity.AgreementKey;
import parley.messages.identity.KemKey;
import parley.peer.cipher.primitive.AgreementPair;
import parley.peer.cipher.primitive.KemPair;

/** The private halves that the vault holds. Prekeys are kept as long as a first message may be on its way. */
public interface PrivateKeys {
    /** An agreement key of our chain, or a prekey of one of its offers. */
    Optional<AgreementPair> agreement(AgreementKey key);

    /** The last resort of one of our offers. */
    Optional<KemPair> kem(KemKey key);

    /** Those that were published under {@code id} and not used yet. Whoever opened a message with them forgets them. */
    Optional<OneTimePairs> oneTime(long id);

    /** Prints as {@code redacted}. */
    record OneTimePairs(AgreementPair prekey, KemPair kem) {
        @Override
        public String toString() {
            return "redacted";
        }
    }
}
