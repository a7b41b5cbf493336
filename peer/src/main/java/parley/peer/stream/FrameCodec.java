package parley.peer.stream;

import java.nio.ByteBuffer;
import org.apache.pekko.util.ByteString;

/**
 * Frames to bytes and back; docs/PROTOCOL.md §13.3.
 *
 * <pre>
 *   +------+- - - -    WANT 1   first 4         CLOSE 3  root 32       GOT 5   outcome 1
 *   | kind | body      CHUNK 2  index 4, bytes  HAVE 4   chunks 4      STOP 6  reason 1
 *   +------+- - - -
 * </pre>
 */
final class FrameCodec {
    private static final int WANT = 1;
    private static final int CHUNK = 2;
    private static final int CLOSE = 3;
    private static final int HAVE = 4;
    private static final int GOT = 5;
    private static final int STOP = 6;

    private static final int ROOT_BYTES = 32;
    private static final int CHUNK_HEAD_BYTES = 5;
    private static final long U32_MAX = 0xffff_ffffL;

    static final int PLAIN_BYTES_MAX = CHUNK_HEAD_BYTES + Lane.CHUNK_BYTES;

    /** All of the frame but a chunk's bytes. */
    static ByteBuffer head(StreamFrame frame) {
        var head = ByteBuffer.allocate(1 + ROOT_BYTES);
        switch (frame) {
            case StreamFrame.Want(var first) -> head.put((byte) WANT).putInt((int) first);
            case StreamFrame.Chunk(var index, var bytes) ->
                head.put((byte) CHUNK).putInt((int) index);
            case StreamFrame.Close(var root) -> head.put((byte) CLOSE).put(root.asByteBuffer());
            case StreamFrame.Have(var chunks) -> head.put((byte) HAVE).putInt((int) chunks);
            case StreamFrame.Got(var outcome) -> head.put((byte) GOT).put((byte) number(outcome));
            case StreamFrame.Stop(var reason) -> head.put((byte) STOP).put((byte) number(reason));
        }
        return head.flip();
    }

    /** @throws StreamBroken if {@code plain} is no frame */
    static StreamFrame decode(ByteBuffer plain) throws StreamBroken {
        if (!plain.hasRemaining()) throw new StreamBroken("an empty frame");
        int kind = plain.get();
        return switch (kind) {
            case WANT -> new StreamFrame.Want(u32(exactly(Integer.BYTES, plain)));
            case CHUNK -> chunk(plain);
            case CLOSE -> new StreamFrame.Close(ByteString.fromByteBuffer(exactly(ROOT_BYTES, plain)));
            case HAVE -> new StreamFrame.Have(u32(exactly(Integer.BYTES, plain)));
            case GOT -> new StreamFrame.Got(outcome(exactly(1, plain).get()));
            case STOP -> new StreamFrame.Stop(reason(exactly(1, plain).get()));
            default -> throw new StreamBroken("a frame of kind " + kind);
        };
    }

    private static StreamFrame chunk(ByteBuffer plain) throws StreamBroken {
        if (plain.remaining() < Integer.BYTES) throw new StreamBroken("half a chunk's index");
        long index = u32(plain);
        return new StreamFrame.Chunk(index, plain.slice());
    }

    private static ByteBuffer exactly(int length, ByteBuffer plain) throws StreamBroken {
        if (plain.remaining() != length)
            throw new StreamBroken("%d bytes in a frame, expected %d".formatted(plain.remaining(), length));
        return plain;
    }

    private static long u32(ByteBuffer in) {
        return in.getInt() & U32_MAX;
    }

    private static int number(StreamFrame.Got.Outcome outcome) {
        return switch (outcome) {
            case WHOLE -> 1;
            case WRONG -> 2;
            case NO_ROOM -> 3;
            case NOT_NOW -> 4;
            case DECLINED -> 5;
        };
    }

    private static StreamFrame.Got.Outcome outcome(int number) throws StreamBroken {
        for (var outcome : StreamFrame.Got.Outcome.values()) if (number(outcome) == number) return outcome;
        throw new StreamBroken("outcome " + number);
    }

    private static int number(StreamFrame.Stop.Reason reason) {
        return switch (reason) {
            case PAUSED -> 1;
            case CANCELLED -> 2;
            case CHANGED -> 3;
        };
    }

    private static StreamFrame.Stop.Reason reason(int number) throws StreamBroken {
        for (var reason : StreamFrame.Stop.Reason.values()) if (number(reason) == number) return reason;
        throw new StreamBroken("reason " + number);
    }

    private FrameCodec() {}
}
