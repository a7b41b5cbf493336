package parley.peer.store;

import parley.peer.cipher.identity.SigningKey;

/** What nobody but the store itself and a test gets to see. */
public final class OwnKeysOf {
    public static SigningKey identity(OwnKeys keys) {
        return keys.signer();
    }

    private OwnKeysOf() {}
}
