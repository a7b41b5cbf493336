package parley.peer.cipher.primitive;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.pekko.util.ByteString;

/** HMAC-SHA-256 (RFC 2104). */
public final class Hmac {
    static final int BYTES = 32;
    private static final String NAME = "HmacSHA256";

    /** Looked for once: see {@link AesGcm}. */
    private static final Provider PROVIDER = provider();

    /** What follows from {@code key} for one purpose. */
    public static Secret of(Secret key, ByteString purpose) {
        return Secret.of(keyed(key.unsafeBytes()).doFinal(purpose.toArrayUnsafe()));
    }

    static Mac keyed(byte[] key) {
        try {
            var mac = Mac.getInstance(NAME, PROVIDER);
            mac.init(new SecretKeySpec(key, NAME));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException never) {
            throw new IllegalStateException("every Java has HMAC with SHA-256", never);
        }
    }

    private static Provider provider() {
        try {
            return Mac.getInstance(NAME).getProvider();
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has HMAC with SHA-256", never);
        }
    }

    private Hmac() {}
}
