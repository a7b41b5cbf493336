package parley.peer.link.mutual;

import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.pekko.util.ByteString;

/** Frames on their way out that the other side has not made room for. */
final class Outbound {
    /** Small frames go together up to this: one record of TLS instead of many. */
    private static final int TOGETHER_BYTES = 16 * 1024;

    private final long bytesMax;
    private final Queue<ByteString> frames = new ArrayDeque<>();
    private long bytes;

    Outbound(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    void add(ByteString frame) {
        frames.add(frame);
        bytes += frame.size();
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** Whether more waits than may. */
    boolean isOverfull() {
        return bytes > bytesMax;
    }

    /** The next bytes to go; there are some. */
    ByteString take() {
        var together = frames.remove();
        while (!frames.isEmpty() && together.size() + frames.element().size() <= TOGETHER_BYTES)
            together = together.concat(frames.remove());
        bytes -= together.size();
        return together;
    }
}
