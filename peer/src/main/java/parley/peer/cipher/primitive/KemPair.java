package parley.peer.cipher.primitive;

import java.security.SecureRandom;
import org.apache.pekko.util.ByteString;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.kems.MLKEMGenerator;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;
import parley.messages.identity.KemKey;

/**
 * Both halves of an ML-KEM-768 key (FIPS 203), kept as the 64 bytes d and z that it is made from. Prints as {@code
 * redacted}.
 */
public final class KemPair {
    public static final int SEED_BYTES = 64;
    public static final int CIPHERTEXT_BYTES = 1088;
    private static final int RANDOM_BYTES = 32;

    private final ByteString seed;
    private final KemKey key;

    /** A secret, and what tells it to whoever holds the private half. The caller wipes the secret. */
    public record Encapsulated(Secret secret, ByteString ciphertext) {}

    public static KemPair create(SecureRandom random) {
        var seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        return of(ByteString.fromArrayUnsafe(seed));
    }

    /** @param seed d, then z: FIPS 203 §7.1 */
    public static KemPair of(ByteString seed) {
        if (seed.size() != SEED_BYTES) throw new IllegalArgumentException("a seed of " + seed.size());
        var compact = seed.compact();
        return new KemPair(
                compact, new KemKey(ByteString.fromArrayUnsafe(expanded(compact).getPublicKey())));
    }

    private KemPair(ByteString seed, KemKey key) {
        this.seed = seed;
        this.key = key;
    }

    /** FIPS 203 §7.2, with its 32 random bytes from {@code random}. */
    public static Encapsulated encapsulate(KemKey theirs, SecureRandom random) {
        var message = new byte[RANDOM_BYTES];
        random.nextBytes(message);
        var made = MLKEMGenerator.internalGenerateEncapsulated(
                new MLKEMPublicKeyParameters(
                        MLKEMParameters.ml_kem_768, theirs.bytes().toArrayUnsafe()),
                message);
        Secret.wipe(message);
        return new Encapsulated(Secret.of(made.getSecret()), ByteString.fromArrayUnsafe(made.getEncapsulation()));
    }

    /**
     * FIPS 203 §7.3: a ciphertext that was altered leads to another secret, not to an error. The caller wipes it.
     *
     * @throws IllegalArgumentException unless there are {@value #CIPHERTEXT_BYTES} bytes
     */
    public Secret decapsulate(ByteString ciphertext) {
        if (ciphertext.size() != CIPHERTEXT_BYTES)
            throw new IllegalArgumentException("a KEM ciphertext of " + ciphertext.size());
        return Secret.of(new MLKEMExtractor(expanded(seed)).extractSecret(ciphertext.toArrayUnsafe()));
    }

    public KemKey key() {
        return key;
    }

    /** What the vault keeps: d, then z. */
    public ByteString seed() {
        return seed;
    }

    private static MLKEMPrivateKeyParameters expanded(ByteString seed) {
        return new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, seed.toArrayUnsafe());
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
