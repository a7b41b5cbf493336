package parley.peer.cipher;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.DESedeParameters;
import parley.messages.classic.GroupKey;

/** Three DES keys in a row. Prints as {@code redacted}. */
final class DesKey {
    static final int BYTES = GroupKey.BYTES;

    private final byte[] bytes;

    /** The first 24 characters of the hex SHA-256 of the decimal shared value, as ASCII: docs/CLASSIC.md. */
    static DesKey ofShared(BigInteger shared) {
        var digest = sha256().digest(shared.toString().getBytes(StandardCharsets.US_ASCII));
        return new DesKey(HexFormat.of().formatHex(digest).substring(0, BYTES).getBytes(StandardCharsets.US_ASCII));
    }

    static DesKey of(GroupKey key) {
        return new DesKey(key.bytes().toArray());
    }

    static DesKey ofBytes(byte[] bytes) {
        if (bytes.length != BYTES) throw new IllegalArgumentException("a key has 24 bytes, not " + bytes.length);
        return new DesKey(Arrays.copyOf(bytes, BYTES));
    }

    private DesKey(byte[] bytes) {
        this.bytes = bytes;
    }

    DESedeParameters parameters() {
        return new DESedeParameters(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has SHA-256", never);
        }
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
