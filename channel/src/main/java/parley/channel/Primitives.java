package parley.channel;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Provider;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.NoSuchPaddingException;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.jcajce.util.JcaJceHelper;
import org.bouncycastle.jcajce.util.ProviderJcaJceHelper;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/**
 * Where TLS takes each primitive from. Ciphers, hashes and MACs: from the JDK, which has them in hardware (AES-GCM at
 * 219 MB/s and more through the engine, against 31). Everything with public keys: from Bouncy Castle, whose Ed25519 is
 * twenty times and X25519 twice as quick, and which alone has ML-KEM for TLS. Nothing is registered with the JVM.
 */
final class Primitives extends JcaTlsCryptoProvider {
    static final Provider PUBLIC_KEYS = new BouncyCastleProvider();

    private static final JcaJceHelper HELPER = new Chosen();

    static JcaJceHelper helper() {
        return HELPER;
    }

    @Override
    public JcaTlsCrypto create(SecureRandom random) {
        return create(random, random);
    }

    @Override
    public JcaTlsCrypto create(SecureRandom keys, SecureRandom nonces) {
        return new Crypto(keys, nonces);
    }

    @Override
    public JcaJceHelper getHelper() {
        return HELPER;
    }

    @Override
    public JcaJceHelper getAltHelper() {
        return HELPER;
    }

    /** Its constructor is protected. */
    private static final class Crypto extends JcaTlsCrypto {
        Crypto(SecureRandom keys, SecureRandom nonces) {
            super(HELPER, keys, nonces);
        }
    }

    private static final class Chosen extends ProviderJcaJceHelper {
        private final JcaJceHelper platform = new DefaultJcaJceHelper();

        Chosen() {
            super(PUBLIC_KEYS);
        }

        @Override
        public Cipher createCipher(String algorithm) throws NoSuchAlgorithmException, NoSuchPaddingException {
            try {
                return platform.createCipher(algorithm);
            } catch (NoSuchProviderException never) {
                return super.createCipher(algorithm);
            }
        }

        @Override
        public Mac createMac(String algorithm) throws NoSuchAlgorithmException {
            try {
                return platform.createMac(algorithm);
            } catch (NoSuchProviderException never) {
                return super.createMac(algorithm);
            }
        }

        @Override
        public MessageDigest createMessageDigest(String algorithm) throws NoSuchAlgorithmException {
            return MessageDigest.getInstance(algorithm);
        }

        @Override
        public SecureRandom createSecureRandom(String algorithm) throws NoSuchAlgorithmException {
            return SecureRandom.getInstance(algorithm);
        }
    }
}
