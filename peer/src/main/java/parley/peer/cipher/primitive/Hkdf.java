package parley.peer.cipher.primitive;

import java.util.Arrays;
import org.apache.pekko.util.ByteString;

/** HKDF with SHA-256 (RFC 5869): extract, then expand. */
public final class Hkdf {
    /** RFC 5869 §2.3: the counter has one byte. */
    static final int BYTES_MAX = 255 * Hmac.BYTES;

    /**
     * @param salt may be known to everybody
     * @param material is secret and has any length; the caller wipes it
     * @param info what it is for
     * @param length bytes, at most {@value #BYTES_MAX}
     */
    public static byte[] derive(byte[] salt, byte[] material, ByteString info, int length) {
        if (length > BYTES_MAX) throw new IllegalArgumentException(length + " bytes, expected at most " + BYTES_MAX);
        // HMAC takes a key that ends in zeros for the shorter one: an empty salt is 32 zeros (RFC 5869 §2.2).
        var pseudorandom =
                Hmac.keyed(salt.length == 0 ? new byte[Hmac.BYTES] : salt).doFinal(material);
        try {
            return expand(pseudorandom, info.toArrayUnsafe(), length);
        } finally {
            Secret.wipe(pseudorandom);
        }
    }

    private static byte[] expand(byte[] pseudorandom, byte[] info, int length) {
        var mac = Hmac.keyed(pseudorandom);
        var out = new byte[length];
        var block = new byte[0];
        int done = 0;
        for (int counter = 1; done < length; counter++) {
            mac.update(block);
            mac.update(info);
            mac.update((byte) counter);
            Secret.wipe(block);
            block = mac.doFinal();
            int taken = Math.min(block.length, length - done);
            System.arraycopy(block, 0, out, done, taken);
            done += taken;
        }
        Secret.wipe(block);
        return out;
    }

    /** The {@code index}-th 32 bytes of what was derived. */
    public static Secret part(byte[] derived, int index) {
        return Secret.of(Arrays.copyOfRange(derived, index * Secret.BYTES, (index + 1) * Secret.BYTES));
    }

    private Hkdf() {}
}
