package parley.peer.stream;

import java.nio.ByteBuffer;
import org.apache.pekko.util.ByteString;

/** What is said in a stream, sealed; docs/PROTOCOL.md §13.3. */
sealed interface StreamFrame {
    /** The first chunk that is missing; from the receiver, first of all. */
    record Want(long first) implements StreamFrame {}

    /** @param bytes good until the next frame is made */
    record Chunk(long index, ByteBuffer bytes) implements StreamFrame {}

    /** All chunks were said. From the sender, its last word. */
    record Close(ByteString root) implements StreamFrame {}

    /** So many chunks are written. */
    record Have(long chunks) implements StreamFrame {}

    /** How it ended for the receiver; its last word. */
    record Got(Outcome outcome) implements StreamFrame {
        enum Outcome {
            /** The root is right, and all of it is on disk. */
            WHOLE,
            /** The root is another: all begins again. */
            WRONG,
            NO_ROOM,
            NOT_NOW,
            DECLINED
        }
    }

    /** The sender ends it; its last word. */
    record Stop(Reason reason) implements StreamFrame {
        enum Reason {
            PAUSED,
            CANCELLED,
            /** The source is another, or gone. */
            CHANGED
        }
    }

    /** Whether its side says nothing more. */
    default boolean isLast() {
        return switch (this) {
            case Want want -> false;
            case Chunk chunk -> false;
            case Have have -> false;
            case Close close -> true;
            case Got got -> true;
            case Stop stop -> true;
        };
    }

    /** How many bytes follow the head of a frame: those of a chunk. */
    default ByteBuffer body() {
        return this instanceof Chunk(var index, var bytes) ? bytes.duplicate() : ByteBuffer.allocate(0);
    }
}
