package parley.peer.cipher.primitive;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.apache.pekko.util.ByteString;

/** 32 bytes that nobody else may know. Prints as {@code redacted}. */
public final class Secret {
    public static final int BYTES = 32;

    private final byte[] bytes;

    /** Takes {@code bytes} for its own: the caller forgets them. */
    public static Secret of(byte[] bytes) {
        if (bytes.length != BYTES) throw new IllegalArgumentException("a secret of %d bytes".formatted(bytes.length));
        return new Secret(bytes);
    }

    public static Secret random(SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Secret(bytes);
    }

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The bytes themselves, for the next operation: not to be kept, and not to be altered. */
    public byte[] unsafeBytes() {
        return bytes;
    }

    /** For the vault, which seals it. */
    public ByteString toByteString() {
        return ByteString.fromArray(bytes);
    }

    /** Afterwards it is all zero. Only for who knows that no other value shares it. */
    public void wipe() {
        wipe(bytes);
    }

    public static void wipe(byte[] bytes) {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
    }

    /** The same for all: a hash in a heap dump would tell something of the bytes. */
    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
