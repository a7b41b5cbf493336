package parley.messages.wire;

import org.apache.pekko.util.ByteString;

/**
 * A sealed message under its id: the same bytes on every path and at every attempt.
 *
 * @param message what a ratchet sealed; at most {@value #MESSAGE_BYTES_MAX} bytes, and not looked into here
 */
public record Envelope(MessageId id, ByteString message) {
    /** Bytes of the largest box with the longest header before it; docs/PROTOCOL.md §4.4. */
    public static final int MESSAGE_BYTES_MAX = 66_814;

    /** @throws IllegalArgumentException if {@code message} is too long */
    public Envelope {
        if (message.size() > MESSAGE_BYTES_MAX)
            throw new IllegalArgumentException(
                    "a message of %d bytes, expected at most %d".formatted(message.size(), MESSAGE_BYTES_MAX));
        message = message.compact();
    }

    @Override
    public String toString() {
        return "Envelope[%s, %dB]".formatted(id, message.size());
    }
}
