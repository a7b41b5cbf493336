package parley.messages.wire;

import java.nio.ByteOrder;
import java.util.HexFormat;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Finds frames in what comes from a connection, however it was cut. Mutable; belongs to one connection and its thread.
 * It holds the beginning of one frame and what was added after it, and never more of a frame than {@link
 * FrameCodec#FRAME_BYTES_MAX}: a length is believed only when it is one that a frame can have.
 */
public final class FrameFramer {
    static final int LENGTH_BYTES = 4;

    private ByteString held = ByteString.emptyByteString();

    public void add(ByteString bytes) {
        held = held.isEmpty() ? bytes : held.concat(bytes);
    }

    /**
     * The next frame, or null if it is not whole yet.
     *
     * @throws MalformedFrame if what comes next is none; nothing after that is ever read
     */
    public @Nullable Frame next() {
        var whole = cut();
        return whole == null ? null : FrameCodec.decode(whole);
    }

    /** Whether it ends between two frames. */
    public boolean isEmpty() {
        return held.isEmpty();
    }

    /** Bytes that wait for the rest of their frame, or to be asked for. */
    public int held() {
        return held.size();
    }

    private @Nullable ByteString cut() {
        if (held.size() < LENGTH_BYTES) return null;
        long length = Integer.toUnsignedLong(held.iterator().getInt(ByteOrder.BIG_ENDIAN));
        if (length < 1 || length > FrameCodec.LENGTH_MAX) {
            var hex =
                    HexFormat.ofDelimiter(" ").formatHex(held.take(LENGTH_BYTES).toArrayUnsafe());
            throw new MalformedFrame(
                    "a length of %d (%s), expected 1 to %d".formatted(length, hex, FrameCodec.LENGTH_MAX));
        }
        int end = LENGTH_BYTES + (int) length;
        if (held.size() < end) return null;
        var whole = held.slice(LENGTH_BYTES, end);
        held = held.drop(end);
        return whole;
    }
}
