package parley.peer.cipher.ratchet;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import parley.peer.cipher.primitive.Secret;

/**
 * Five sizes for everything, so that a box tells little of what it holds: 80, then zeros (ISO/IEC 7816-4), up to the
 * smallest size that has room for both.
 */
public final class Padding {
    private static final int[] SIZES = {256, 1 << 10, 4 << 10, 16 << 10, 64 << 10};

    /** Bytes. One is for the mark. */
    public static final int CONTENT_BYTES_MAX = (64 << 10) - 1;

    /** Bytes of a text in UTF-8. Leaves 4,095 for what travels with it. */
    public static final int TEXT_BYTES_MAX = 60 << 10;

    private static final byte MARK = (byte) 0x80;

    /** @throws IllegalArgumentException if there are more than {@value #CONTENT_BYTES_MAX} bytes */
    static byte[] pad(byte[] content) {
        if (content.length > CONTENT_BYTES_MAX)
            throw new IllegalArgumentException(
                    "%d bytes, expected at most %d".formatted(content.length, CONTENT_BYTES_MAX));
        var padded = Arrays.copyOf(content, sizeFor(content.length));
        padded[content.length] = MARK;
        return padded;
    }

    /** Null unless it is what {@link #pad} makes. The given bytes are wiped. */
    static byte @Nullable [] unpad(byte[] padded) {
        int mark = padded.length - 1;
        while (mark >= 0 && padded[mark] == 0) mark--;
        boolean whole = mark >= 0 && padded[mark] == MARK && padded.length == sizeFor(mark);
        var content = whole ? Arrays.copyOf(padded, mark) : null;
        Secret.wipe(padded);
        return content;
    }

    static boolean isSize(int bytes) {
        return Arrays.binarySearch(SIZES, bytes) >= 0;
    }

    private static int sizeFor(int content) {
        return Arrays.stream(SIZES).filter(size -> size > content).findFirst().orElse(-1);
    }

    private Padding() {}
}
