package parley.messages.identity;

import org.apache.pekko.util.ByteString;

/**
 * The public half of an ML-KEM-768 key: 768 coefficients of 12 bits, then a seed of 32 bytes. Coefficients of 3329 and
 * more are refused (FIPS 203 §7.2), which leaves each key one encoding.
 */
public record KemKey(ByteString bytes) {
    public static final int BYTES = 1184;

    private static final int MODULUS = 3329;
    /** Two coefficients to three bytes. */
    private static final int COEFFICIENT_BYTES = 768 / 2 * 3;

    /** @throws BadKey unless it has {@value #BYTES} bytes and each coefficient is below the modulus */
    public KemKey {
        bytes = Octets.sized("a KEM key", BYTES, bytes);
        var encoded = bytes.toArrayUnsafe();
        for (int i = 0; i < COEFFICIENT_BYTES; i += 3) {
            int low = (encoded[i] & 0xff) | (encoded[i + 1] & 0x0f) << 8;
            int high = (encoded[i + 1] & 0xff) >> 4 | (encoded[i + 2] & 0xff) << 4;
            if (low >= MODULUS || high >= MODULUS) throw new BadKey("a KEM key with a coefficient beyond 3328");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KemKey(var theirs) && Octets.same(bytes, theirs);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return "KemKey";
    }
}
