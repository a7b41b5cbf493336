package parley.channel;

import java.nio.ByteBuffer;
import org.apache.pekko.util.ByteString;

/**
 * Room to work in, for as long as one call of a stage's handler takes. A thread has one, not a connection: ten thousand
 * idle connections hold none.
 */
final class Scratch {
    /** Four records: fewer make more elements of the same bytes, more gain nothing. */
    private static final int RECORDS = 4;

    /** Of a record's plaintext (RFC 8446 §5.1). */
    static final int RECORD_BYTES_MAX = 1 << 14;
    /** Header, expansion and tag (RFC 8446 §5.2). */
    static final int SEALED_BYTES_MAX = 5 + RECORD_BYTES_MAX + 256;

    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private final ByteBuffer plain = ByteBuffer.allocate(RECORDS * RECORD_BYTES_MAX);
    private final ByteBuffer sealedBytes = ByteBuffer.allocate(RECORDS * SEALED_BYTES_MAX);

    static ByteBuffer plain() {
        return OF_THREAD.get().plain.clear();
    }

    static ByteBuffer sealedBytes() {
        return OF_THREAD.get().sealedBytes.clear();
    }

    /** What was put in so far, in an array as large as it is. */
    static ByteString copied(ByteBuffer scratch) {
        return ByteString.fromByteBuffer(scratch.duplicate().flip());
    }

    /** What was opened in it is somebody's: nobody else finds it there. */
    static void wipe(ByteBuffer plain) {
        plain.flip();
        while (plain.remaining() >= Long.BYTES) plain.putLong(0);
        while (plain.hasRemaining()) plain.put((byte) 0);
    }

    private Scratch() {}
}
