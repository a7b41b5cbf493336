package parley.messages.classic;

import java.math.BigInteger;
import org.apache.pekko.util.ByteString;

/** Everything one peer can say to another; docs/CLASSIC.md, "Peer to peer". */
public sealed interface PeerMessage {
    /** A Diffie-Hellman public value, not yet known to be a safe one. */
    record PublicValue(BigInteger value) implements PeerMessage {}

    /**
     * A text, its IV still to come.
     *
     * @param length characters before padding: what is decrypted is cut to it
     * @param hex the ciphertext in hex digits, lower-case in ours
     */
    record Text(Origin from, int length, ByteString hex) implements PeerMessage {}

    /** A file is coming; {@code path} is what its sender typed and not to be trusted. */
    record FileOffer(Origin from, String path) implements PeerMessage {}

    /** Up to {@link PeerCodec#CHUNK_BYTES_MAX} bytes of a file in hex digits, lower-case in ours; their IV is still to come. */
    record Chunk(ByteString hex) implements PeerMessage {}

    /** Eight raw bytes. */
    record Iv(ByteString bytes) implements PeerMessage {
        /** @throws MalformedMessage if there are not {@link PeerCodec#IV_BYTES} of them */
        public Iv {
            if (bytes.size() != PeerCodec.IV_BYTES) {
                throw new MalformedMessage("an IV of %d bytes".formatted(bytes.size()));
            }
        }
    }

    /** The answers that are one word. */
    enum Word implements PeerMessage {
        SEND_IV,
        CONFIRM,
        ACK;

        private final ByteString bytes = ByteString.fromString(name().toLowerCase(java.util.Locale.ROOT));

        ByteString bytes() {
            return bytes;
        }
    }
}
