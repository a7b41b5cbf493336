package parley.registry.group;

import org.apache.pekko.util.ByteString;

/** A classic group's key: K1, K2 and K3 after each other. Prints as {@code redacted}. */
public record TripleDesKey(ByteString bytes) {
    public static final int BYTES = 24;

    public TripleDesKey {
        if (bytes.size() != BYTES) {
            throw new IllegalArgumentException("a group key has %d bytes, not %d".formatted(BYTES, bytes.size()));
        }
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
