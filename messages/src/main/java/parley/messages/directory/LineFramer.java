package parley.messages.directory;

import java.util.Arrays;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what one connection sends into lines. Whole lines of a piece are handed out as they lie in it; only the
 * beginning of one that is not whole yet is copied, and never more of it than a line may have.
 *
 * <p>One of these belongs to one connection and is not safe for threads.
 */
public final class LineFramer {
    private static final byte[] NOTHING = {};
    private static final byte LINE_FEED = '\n';

    /** The beginning of a line, in its first {@link #begun} bytes. */
    private byte[] beginning = NOTHING;

    private int begun;
    /** What came after it and was not looked at yet. */
    private ByteString rest = ByteString.emptyByteString();

    private boolean tooLong;

    public void add(ByteString bytes) {
        rest = rest.isEmpty() ? bytes : rest.concat(bytes);
    }

    /** The next whole line, without its line feed, or null; null for good if {@link #tooLong}. */
    public @Nullable ByteString next() {
        if (tooLong) return null;
        int lineFeed = rest.indexOf(LINE_FEED);
        long bytes = (long) begun + (lineFeed < 0 ? rest.size() : lineFeed) + 1;
        if (bytes > Limits.LINE_BYTES_MAX) {
            tooLong = true;
            rest = ByteString.emptyByteString();
            forget();
            return null;
        }
        if (lineFeed < 0) {
            keep(rest);
            rest = ByteString.emptyByteString();
            return null;
        }
        var line = rest.take(lineFeed);
        rest = rest.drop(lineFeed + 1);
        if (begun == 0) return line;
        keep(line);
        var whole = ByteString.fromArray(beginning, 0, begun);
        forget();
        return whole;
    }

    /** Whether the line that comes next has more than {@link Limits#LINE_BYTES_MAX} bytes: the connection is over. */
    public boolean tooLong() {
        return tooLong;
    }

    /** Whether a line has begun and not ended: what is cut off here was never said. */
    public boolean isWithinLine() {
        return begun > 0 || !rest.isEmpty();
    }

    private void keep(ByteString more) {
        if (more.isEmpty()) return;
        int needed = begun + more.size();
        if (needed > beginning.length) {
            // Doubled, so that a line that comes byte by byte is not copied for each of them.
            beginning = Arrays.copyOf(beginning, Math.min(Limits.LINE_BYTES_MAX, Math.max(needed, 2 * begun)));
        }
        more.copyToArray(beginning, begun);
        begun = needed;
    }

    private void forget() {
        beginning = NOTHING;
        begun = 0;
    }
}
