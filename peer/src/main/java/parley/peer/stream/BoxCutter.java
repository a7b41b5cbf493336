package parley.peer.stream;

import java.nio.ByteBuffer;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.peer.cipher.stream.BoxSealer;

/**
 * Cuts boxes out of what comes, whatever pieces it comes in. Mutable. Holds one box at most.
 *
 * <pre>
 *   last 1 bit | length 31 bits | box
 * </pre>
 */
final class BoxCutter {
    static final int LAST = 1 << 31;
    static final int BOX_BYTES_MAX = BoxSealer.sealedBytes(FrameCodec.PLAIN_BYTES_MAX);
    private static final int BOX_BYTES_MIN = BoxSealer.sealedBytes(1);

    private final ByteBuffer head = ByteBuffer.allocate(Integer.BYTES);
    private final ByteBuffer box = ByteBuffer.allocate(BOX_BYTES_MAX);
    private @Nullable ByteBuffer from;
    private boolean last;

    record Box(ByteBuffer bytes, boolean last) {}

    /** After all boxes of what came before were cut. */
    void feed(ByteString bytes) {
        from = bytes.asByteBuffer();
    }

    /**
     * @return the next box, good until the next call; null if more has to come first
     * @throws StreamBroken if its length is none that a box has
     */
    @Nullable
    Box next() throws StreamBroken {
        if (from == null) return null;
        if (head.hasRemaining()) {
            move(from, head);
            if (head.hasRemaining()) return null;
            begin(head.getInt(0));
        }
        move(from, box);
        if (box.hasRemaining()) return null;
        head.clear();
        return new Box(box.flip(), last);
    }

    private void begin(int word) throws StreamBroken {
        last = (word & LAST) != 0;
        int length = word & ~LAST;
        if (length < BOX_BYTES_MIN || length > BOX_BYTES_MAX)
            throw new StreamBroken(
                    "a box of %d bytes, expected %d to %d".formatted(length, BOX_BYTES_MIN, BOX_BYTES_MAX));
        box.clear().limit(length);
    }

    private static void move(ByteBuffer from, ByteBuffer to) {
        int count = Math.min(from.remaining(), to.remaining());
        to.put(to.position(), from, from.position(), count);
        to.position(to.position() + count);
        from.position(from.position() + count);
    }
}
