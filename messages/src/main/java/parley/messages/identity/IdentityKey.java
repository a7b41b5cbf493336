package parley.messages.identity;

import java.util.HexFormat;
import org.apache.pekko.util.ByteString;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The public half of an Ed25519 key (RFC 8032): an account's identity, its recovery, or a link's TLS key. It verifies
 * and does nothing else. Points outside the group of prime order are refused: under some of them one signature fits
 * many messages.
 */
public record IdentityKey(ByteString bytes) {
    public static final int BYTES = Ed25519.PUBLIC_KEY_SIZE;

    /** @throws BadKey unless it is a point of the group in its one encoding */
    public IdentityKey {
        bytes = Octets.sized("an identity key", BYTES, bytes);
        if (!Ed25519.validatePublicKeyFull(bytes.toArrayUnsafe(), 0))
            throw new BadKey("an identity key outside the group, expected a point of prime order");
    }

    /**
     * A signature begins with a point, which is held to what a key is held to: RFC 8032 leaves open whether the cofactor is
     * multiplied in, and with a point outside the group one program would take a key chain that another one refuses.
     */
    public boolean verifies(ByteString message, Signature signature) {
        var signed = message.toArrayUnsafe();
        var shown = signature.bytes().toArrayUnsafe();
        return Ed25519.validatePublicKeyFull(shown, 0)
                && Ed25519.verify(shown, 0, bytes.toArrayUnsafe(), 0, signed, 0, signed.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdentityKey(var theirs) && Octets.same(bytes, theirs);
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
