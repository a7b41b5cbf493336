package parley.peer.contact;

import java.util.concurrent.atomic.AtomicLong;

/** How much of all strangers' texts is kept together; each contact takes from it. Any thread may ask. */
public final class Allowance {
    /** docs/PROTOCOL.md §11.5. */
    public static final long BYTES_MAX = 4 * 1024 * 1024;

    private final AtomicLong left;

    public static Allowance create() {
        return new Allowance(BYTES_MAX);
    }

    Allowance(long bytes) {
        left = new AtomicLong(bytes);
    }

    /** Takes nothing if there is not so much. */
    boolean take(long bytes) {
        return left.getAndUpdate(now -> now >= bytes ? now - bytes : now) >= bytes;
    }

    /** For what the disk holds already. */
    void owe(long bytes) {
        left.addAndGet(-bytes);
    }

    void give(long bytes) {
        left.addAndGet(bytes);
    }
}
