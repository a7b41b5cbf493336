package parley.messages.identity;

import java.util.HexFormat;
import org.apache.pekko.util.ByteString;

/**
 * The public half of an X25519 key (RFC 7748). Any 32 bytes are one; the few that lead everybody to the same secret are
 * found out when something is agreed, because the result is all zero.
 */
public record AgreementKey(ByteString bytes) {
    public static final int BYTES = 32;

    /** @throws BadKey unless there are {@value #BYTES} */
    public AgreementKey {
        bytes = Octets.sized("an agreement key", BYTES, bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AgreementKey(var theirs) && Octets.same(bytes, theirs);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes.toArrayUnsafe());
    }
}
