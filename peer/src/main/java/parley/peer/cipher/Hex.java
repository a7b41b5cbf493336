package parley.peer.cipher;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Hex digits by table: every byte of a file passes here twice. */
final class Hex {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte NO_DIGIT = -1;
    private static final byte[] VALUES = values();

    static ByteString encode(byte[] bytes) {
        var digits = new byte[2 * bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            digits[2 * i] = DIGITS[(bytes[i] >> 4) & 0xf];
            digits[2 * i + 1] = DIGITS[bytes[i] & 0xf];
        }
        return ByteString.fromArrayUnsafe(digits);
    }

    /** Null unless it is an even number of hex digits, of either case. */
    static byte @Nullable [] decode(ByteString hex) {
        var digits = hex.toArrayUnsafe();
        if (digits.length % 2 != 0) return null;
        var bytes = new byte[digits.length / 2];
        int bad = 0;
        for (int i = 0; i < bytes.length; i++) {
            int high = VALUES[digits[2 * i] & 0xff];
            int low = VALUES[digits[2 * i + 1] & 0xff];
            bad |= high | low;
            bytes[i] = (byte) (high << 4 | low);
        }
        return bad < 0 ? null : bytes;
    }

    private static byte[] values() {
        var values = new byte[256];
        Arrays.fill(values, NO_DIGIT);
        for (int v = 0; v < 16; v++) {
            values[DIGITS[v]] = (byte) v;
            values[Character.toUpperCase((char) DIGITS[v])] = (byte) v;
        }
        return values;
    }

    private Hex() {}
}
