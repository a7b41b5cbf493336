package parley.messages.identity;

import org.apache.pekko.util.ByteString;

/** An Ed25519 signature (RFC 8032 §5.1.6). */
public record Signature(ByteString bytes) {
    public static final int BYTES = 64;

    /** @throws BadKey unless there are {@value #BYTES} */
    public Signature {
        bytes = Octets.sized("a signature", BYTES, bytes);
    }

    @Override
    public String toString() {
        return "Signature";
    }
}
