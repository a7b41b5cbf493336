package parley.peer.vault;

import java.security.SecureRandom;
import org.apache.pekko.util.ByteString;
import parley.peer.cipher.primitive.AesGcm;

/** Random bytes that everybody may see. */
final class Nonces {
    static ByteString random(SecureRandom random, int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return ByteString.fromArrayUnsafe(bytes);
    }

    /**
     * For one box. At 96 random bits two of 2^32 boxes under one key meet with a chance of 2^-33 (SP 800-38D §8.3):
     * more than one writes into a table in a life.
     */
    static byte[] fresh(SecureRandom random) {
        return random(random, AesGcm.NONCE_BYTES).toArrayUnsafe();
    }

    private Nonces() {}
}
