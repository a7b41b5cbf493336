package parley.messages.classic;

import org.apache.pekko.util.ByteString;

/**
 * A classic group's Triple-DES key as it crosses from the registry: 24 bytes, K1, K2 and K3 after each other. Prints as
 * {@code redacted}.
 */
public record GroupKey(ByteString bytes) {
    public static final int BYTES = 24;

    public GroupKey {
        if (bytes.size() != BYTES) {
            throw new IllegalArgumentException("a group key has %d bytes, not %d".formatted(BYTES, bytes.size()));
        }
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
