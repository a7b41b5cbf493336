package parley.peer.cipher.primitive;

import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** AES-256 in Galois/counter mode (NIST SP 800-38D), nonces of 96 bits, tags of 128 bits behind the ciphertext. */
public final class AesGcm {
    public static final int NONCE_BYTES = 12;
    public static final int TAG_BYTES = 16;

    private static final String NAME = "AES/GCM/NoPadding";

    /** Looked for once: asking all providers each time takes as long as sealing a short text. */
    private static final Provider PROVIDER = provider();

    /** Ciphertext and tag. */
    public static byte[] seal(Secret key, byte[] nonce, ByteString associated, byte[] plain) {
        try {
            return keyed(Cipher.ENCRYPT_MODE, key, nonce, associated).doFinal(plain);
        } catch (GeneralSecurityException never) {
            throw new IllegalStateException("AES-GCM takes any text", never);
        }
    }

    /** Null unless the tag fits all of it. */
    public static byte @Nullable [] open(Secret key, byte[] nonce, ByteString associated, byte[] box) {
        if (box.length < TAG_BYTES) return null;
        try {
            return keyed(Cipher.DECRYPT_MODE, key, nonce, associated).doFinal(box);
        } catch (AEADBadTagException forged) {
            return null;
        } catch (GeneralSecurityException never) {
            throw new IllegalStateException("AES-GCM takes any box with a tag", never);
        }
    }

    private static Cipher keyed(int mode, Secret key, byte[] nonce, ByteString associated)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance(NAME, PROVIDER);
        cipher.init(mode, new SecretKeySpec(key.unsafeBytes(), "AES"), new GCMParameterSpec(8 * TAG_BYTES, nonce));
        cipher.updateAAD(associated.toArrayUnsafe());
        return cipher;
    }

    private static Provider provider() {
        try {
            return Cipher.getInstance(NAME).getProvider();
        } catch (GeneralSecurityException never) {
            throw new IllegalStateException("every Java has AES-GCM", never);
        }
    }

    private AesGcm() {}
}
