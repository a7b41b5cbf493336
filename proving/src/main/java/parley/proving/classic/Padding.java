package parley.proving.classic;

import java.util.Arrays;

/**
 * Classic senders fill up to a multiple of eight although their cipher needs none, and receivers take what comes. A
 * character is a code point.
 */
final class Padding {
    private static final int BLOCK = 8;

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Blanks up to the next multiple of eight <i>characters</i>, whatever that makes in bytes. */
    static String pad(String text) {
        return text + " ".repeat(missing(length(text)));
    }

    static byte[] pad(byte[] chunk) {
        var padded = Arrays.copyOf(chunk, chunk.length + missing(chunk.length));
        Arrays.fill(padded, chunk.length, padded.length, (byte) '0');
        return padded;
    }

    /** The first {@code length} characters, or all there are. */
    static String cut(String padded, int length) {
        return length >= length(padded) ? padded : padded.substring(0, padded.offsetByCodePoints(0, length));
    }

    private static int missing(int length) {
        return (BLOCK - length % BLOCK) % BLOCK;
    }

    private Padding() {}
}
