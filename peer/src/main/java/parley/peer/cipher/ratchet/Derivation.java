package parley.peer.cipher.ratchet;

import org.apache.pekko.util.ByteString;
import parley.messages.identity.Label;
import parley.messages.identity.RegistryId;
import parley.peer.cipher.primitive.Hkdf;
import parley.peer.cipher.primitive.Hmac;
import parley.peer.cipher.primitive.Secret;

/** How one key follows from another at one registry; the labels are made once, because each message needs two. */
record Derivation(RegistryId registry, ByteString root, ByteString chain, ByteString message) {
    static Derivation at(RegistryId registry) {
        return new Derivation(
                registry,
                Label.of("root", registry),
                Label.of("chain-key", registry),
                Label.of("message-key", registry));
    }

    record Turned(Secret root, Secret chain) {}

    /** KDF_RK. Wipes {@code agreed}. */
    Turned turn(Secret rootKey, byte[] agreed) {
        var derived = Hkdf.derive(rootKey.unsafeBytes(), agreed, root, 2 * Secret.BYTES);
        Secret.wipe(agreed);
        var turned = new Turned(Hkdf.part(derived, 0), Hkdf.part(derived, 1));
        Secret.wipe(derived);
        return turned;
    }

    /** KDF_CK's first half. */
    Secret nextChainKey(Secret chainKey) {
        return Hmac.of(chainKey, chain);
    }

    /** KDF_CK's second half: the key of one message. */
    Secret messageKey(Secret chainKey) {
        return Hmac.of(chainKey, message);
    }
}
