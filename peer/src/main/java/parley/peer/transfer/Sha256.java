package parley.peer.transfer;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What a file's content is known by. */
public final class Sha256 {
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has SHA-256", never);
        }
    }

    private Sha256() {}
}
