package parley.messages.classic;

import java.util.Set;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Finds the requests in what one connection sends. Classic requests have no end mark; a newline, a whole word or the
 * quiet period ends them.
 *
 * <pre>
 *   unframed --newline seen--> framed          unframed: a word, or quiet, ends a request
 *                                              framed:   only a newline does, for good
 * </pre>
 *
 * One of these belongs to one connection and is not safe for threads.
 */
public final class RequestFramer {
    /** Bytes. The longest request, signup, needs under 500 of them; more without an end is an attack. */
    public static final int REQUEST_BYTES_MAX = 4096;

    private static final Set<ByteString> WORDS =
            Set.of(ByteString.fromString("list"), ByteString.fromString("members"), ByteString.fromString("exit"));
    private static final int WORD_BYTES_MAX = "members".length();
    private static final ByteString CARRIAGE_RETURN = ByteString.fromString("\r");

    private ByteString held = ByteString.emptyByteString();
    private boolean framed;
    /** A request was taken before its newline; one that follows alone ends it and is no request of its own. */
    private boolean takenEarly;

    public void add(ByteString bytes) {
        // Compact: 4096 bytes that come one at a time would otherwise be a chain of as many objects to search.
        held = held.isEmpty() ? bytes : held.concat(bytes).compact();
    }

    /** The next request that is whole by its content, without its newline, or null; null for good if {@link #tooLong}. */
    public @Nullable ByteString next() {
        while (true) {
            int newline = held.indexOf((byte) '\n');
            if (requestBytes(newline) > REQUEST_BYTES_MAX) return null;
            if (newline >= 0) {
                framed = true;
                var line = held.take(newline);
                held = held.drop(newline + 1);
                boolean endOfTaken = takenEarly && (line.isEmpty() || line.equals(CARRIAGE_RETURN));
                takenEarly = false;
                if (endOfTaken) continue;
                return line;
            }
            if (!framed && held.size() <= WORD_BYTES_MAX && WORDS.contains(held)) {
                takenEarly = true;
                return take();
            }
            // Compact: the tail of a burst would otherwise keep the whole burst in memory while it waits.
            held = held.compact();
            return null;
        }
    }

    /** Whether what is held becomes a request when the quiet period has passed. */
    public boolean awaitsQuiet() {
        boolean endOfTaken = takenEarly && held.equals(CARRIAGE_RETURN);
        return !framed && !held.isEmpty() && !endOfTaken;
    }

    /** Nothing more has come for the quiet period: what is held is a request. */
    public ByteString quiet() {
        takenEarly = true;
        return take();
    }

    /**
     * The connection was closed by the other side: what is held, if anything, was its last request. Not so once it was
     * framed: a line without its newline is one that was cut off.
     */
    public @Nullable ByteString last() {
        return awaitsQuiet() ? quiet() : null;
    }

    /** Whether the request that comes next has more than {@link #REQUEST_BYTES_MAX} bytes: refuse it and close. */
    public boolean tooLong() {
        return requestBytes(held.indexOf((byte) '\n')) > REQUEST_BYTES_MAX;
    }

    private int requestBytes(int newline) {
        return newline < 0 ? held.size() : newline;
    }

    private ByteString take() {
        var all = held;
        held = ByteString.emptyByteString();
        return all;
    }
}
