package parley.peer.contact;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How much is kept of all strangers together: their texts, and in an allowance of its own what says who they are. Each
 * contact takes from it. Any thread may ask.
 */
public final class Allowance {
    /** docs/PROTOCOL.md §11.5. */
    public static final long BYTES_MAX = 4 * 1024 * 1024;

    /** Of strangers' key chains: whoever makes up names, or more statements, fills this and no disk. */
    static final long CHAINS_BYTES_MAX = 4 * 1024 * 1024;

    /** What a stranger counts for at least, with sessions and profile: so there are at most 1,024. */
    static final long STRANGER_BYTES = 4 * 1024;

    private final AtomicLong left;

    /** Null in the allowance of chains itself. */
    private final @Nullable Allowance chains;

    public static Allowance create() {
        return new Allowance(BYTES_MAX, new Allowance(CHAINS_BYTES_MAX, null));
    }

    private Allowance(long bytes, @Nullable Allowance chains) {
        left = new AtomicLong(bytes);
        this.chains = chains;
    }

    Allowance chains() {
        return Objects.requireNonNull(chains);
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
