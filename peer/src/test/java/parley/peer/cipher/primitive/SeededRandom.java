package parley.peer.cipher.primitive;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Bytes that follow from a seed, the same on every JDK and in every language: block i is SHA-256 of the seed's eight bytes
 * and i's eight bytes, big-endian; the blocks follow each other without a gap. For tests and for the vectors in docs.
 */
public final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final long from;
    private long block;
    private byte[] left = new byte[0];

    public SeededRandom(long seed) {
        from = seed;
    }

    @Override
    public synchronized void nextBytes(byte[] bytes) {
        for (int done = 0; done < bytes.length; ) {
            if (left.length == 0) left = next();
            int taken = Math.min(left.length, bytes.length - done);
            System.arraycopy(left, 0, bytes, done, taken);
            left = Arrays.copyOfRange(left, taken, left.length);
            done += taken;
        }
    }

    private byte[] next() {
        try {
            var in = ByteBuffer.allocate(2 * Long.BYTES).putLong(from).putLong(block++);
            return MessageDigest.getInstance("SHA-256").digest(in.array());
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
