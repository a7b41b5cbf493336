package parley.messages.identity;

/**
 * The keys that a first message is made with, as one signed set.
 *
 * @param sequence of the statement that named the prekeys; it names the whole set
 * @param kem serves as the last resort
 */
public record Offer(long sequence, IdentityKey identity, AgreementKey agreement, AgreementKey prekey, KemKey kem) {}
