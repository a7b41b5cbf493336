package parley.proving.modern;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of what goes one way on a connection was put into it by those who talk: records of TLS 1.3 (RFC 8446 §5.2)
 * count without what TLS adds, anything else counts as it is.
 */
final class Payload {
    private static final int HEADER = 5;
    private static final int APPLICATION_DATA = 23;

    /** The kind of what is inside, and the tag. */
    private static final int ADDED = 17;

    private final byte[] header = new byte[HEADER];
    private int inHeader;
    private int leftOfRecord;
    private boolean begun;
    private boolean tls;
    private final AtomicLong bytes = new AtomicLong();

    long bytes() {
        return bytes.get();
    }

    /** One thread. */
    void passed(byte[] chunk, int count) {
        if (!begun) tls = chunk[0] >= 20 && chunk[0] <= APPLICATION_DATA;
        begun = true;
        if (tls) records(chunk, count);
        else bytes.addAndGet(count);
    }

    /** A record counts with its first byte, but for what its end says. */
    private void records(byte[] chunk, int count) {
        for (int at = 0; at < count; ) {
            if (leftOfRecord == 0) {
                header[inHeader++] = chunk[at++];
                if (inHeader < HEADER) continue;
                inHeader = 0;
                leftOfRecord = Byte.toUnsignedInt(header[3]) << 8 | Byte.toUnsignedInt(header[4]);
                if (header[0] == APPLICATION_DATA) bytes.addAndGet(-ADDED);
            } else {
                int some = Math.min(leftOfRecord, count - at);
                if (header[0] == APPLICATION_DATA) bytes.addAndGet(some);
                leftOfRecord -= some;
                at += some;
            }
        }
    }
}
