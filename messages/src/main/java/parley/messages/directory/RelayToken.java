package parley.messages.directory;

import org.apache.pekko.util.ByteString;

/**
 * By which the registry knows that two connections to its relay belong together: {@value #BYTES} bytes that only the two
 * know; docs/PROTOCOL.md §13.5. Prints as {@code redacted}.
 *
 * @param bytes exactly {@value #BYTES}
 */
public record RelayToken(ByteString bytes) {
    public static final int BYTES = 16;

    /** @throws IllegalArgumentException unless there are {@value #BYTES} bytes */
    public RelayToken {
        if (bytes.size() != BYTES)
            throw new IllegalArgumentException("a token of %d bytes, expected %d".formatted(bytes.size(), BYTES));
        bytes = bytes.compact();
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
