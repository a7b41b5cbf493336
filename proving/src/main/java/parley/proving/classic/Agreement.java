package parley.proving.classic;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/** One side's Diffie-Hellman pair. Classic clients make a new one for every message and every file. */
final class Agreement {
    /** RFC 3526 §4, group 15: 3072 bits. */
    private static final BigInteger PRIME = new BigInteger("""
            FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74\
            020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437\
            4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED\
            EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05\
            98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB\
            9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B\
            E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718\
            3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33\
            A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7\
            ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864\
            D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2\
            08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF""", 16);

    private static final BigInteger GENERATOR = BigInteger.TWO;

    /** What classic clients use; the protocol's least. */
    private static final int EXPONENT_BITS = 192;

    /** Characters of the hash, taken as they are: 24 ASCII bytes make a Triple-DES key. */
    private static final int KEY_CHARACTERS = 24;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final BigInteger exponent;

    static Agreement fresh() {
        return new Agreement(new BigInteger(EXPONENT_BITS, RANDOM));
    }

    static Agreement of(BigInteger exponent) {
        return new Agreement(exponent);
    }

    private Agreement(BigInteger exponent) {
        this.exponent = exponent;
    }

    /** Decimal, as it crosses the wire after {@code dhk:}. */
    String publicValue() {
        return GENERATOR.modPow(exponent, PRIME).toString();
    }

    /** The key both sides get: the hash of the shared value <i>written in decimal</i>, its first 24 hex characters. */
    byte[] keyWith(String theirPublicValue) {
        var shared = new BigInteger(theirPublicValue).modPow(exponent, PRIME).toString();
        var hash = HexFormat.of().formatHex(sha256(shared.getBytes(StandardCharsets.US_ASCII)));
        return Arrays.copyOf(hash.getBytes(StandardCharsets.US_ASCII), KEY_CHARACTERS);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("every JDK has SHA-256", broken);
        }
    }
}
