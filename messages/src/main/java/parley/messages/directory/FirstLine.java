package parley.messages.directory;

import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the first line off what a connection sends; what follows it is no line.
 *
 * <p>One of these belongs to one connection and is not safe for threads.
 */
public final class FirstLine {
    private static final byte LINE_FEED = '\n';

    private final int bytesMax;
    private ByteString bytes = ByteString.emptyByteString();

    /** @param bytesMax of the line with its line feed */
    public FirstLine(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /**
     * The line without its line feed, or null if it is not whole yet.
     *
     * @throws MalformedLine if it is longer than it may be
     */
    public @Nullable ByteString add(ByteString more) {
        bytes = bytes.concat(more);
        int end = bytes.indexOf(LINE_FEED);
        if ((end < 0 ? bytes.size() : end) >= bytesMax)
            throw new MalformedLine("expected a line of at most %d bytes".formatted(bytesMax));
        if (end < 0) return null;
        var line = bytes.take(end);
        bytes = bytes.drop(end + 1).compact();
        return line;
    }

    /** What came behind the line. */
    public ByteString rest() {
        return bytes;
    }
}
