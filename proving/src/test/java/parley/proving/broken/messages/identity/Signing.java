package parley.proving.broken.messages.identity;

import java.security.KeyPair;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A public key that signs, and private ones where everybody can know them. */
record Signing(KeyPair pair) {
    static void signs(byte[] secret, byte[] message, byte[] signature) {
        Ed25519.sign(secret, 0, message, 0, message.length, signature, 0);
    }
}
