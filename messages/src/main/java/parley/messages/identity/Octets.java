package parley.messages.identity;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.pekko.util.ByteString;

/** What all values of fixed size share. */
final class Octets {
    static ByteString sized(String what, int expected, ByteString bytes) {
        if (bytes.size() != expected)
            throw new BadKey("%s of %d bytes, expected %d".formatted(what, bytes.size(), expected));
        return bytes.compact();
    }

    /** Takes as long for a first byte that differs as for the last. */
    static boolean same(ByteString one, ByteString other) {
        return MessageDigest.isEqual(one.toArrayUnsafe(), other.toArrayUnsafe());
    }

    static ByteString sha256(ByteString... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) digest.update(part.toArrayUnsafe());
            return ByteString.fromArrayUnsafe(digest.digest());
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has SHA-256", never);
        }
    }

    private Octets() {}
}
