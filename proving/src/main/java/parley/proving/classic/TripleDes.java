package parley.proving.classic;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Triple DES in OFB mode with the ciphertext in lower-case hex, from the JDK, where ours is from Bouncy Castle. */
final class TripleDes {
    private static final int IV_BYTES = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    static byte[] freshIv() {
        var iv = new byte[IV_BYTES];
        RANDOM.nextBytes(iv);
        return iv;
    }

    static String seal(byte[] key, byte[] iv, byte[] plain) {
        return HexFormat.of().formatHex(run(Cipher.ENCRYPT_MODE, key, iv, plain));
    }

    static byte[] open(byte[] key, byte[] iv, String hex) {
        return run(Cipher.DECRYPT_MODE, key, iv, HexFormat.of().parseHex(hex));
    }

    private static byte[] run(int mode, byte[] key, byte[] iv, byte[] bytes) {
        try {
            var cipher = Cipher.getInstance("DESede/OFB/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "DESede"), new IvParameterSpec(iv));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException refused) {
            throw new IllegalArgumentException(
                    "Triple DES refuses %d bytes of key, %d of IV".formatted(key.length, iv.length), refused);
        }
    }

    private TripleDes() {}
}
