package parley.peer.cipher.ratchet;

import parley.peer.cipher.primitive.Secret;

/** @param next the number of the message whose key comes next */
record Chain(Secret key, long next) {
    static Chain of(Secret key) {
        return new Chain(key, 0);
    }

    Secret messageKey(Derivation derive) {
        return derive.messageKey(key);
    }

    Chain advanced(Derivation derive) {
        return new Chain(derive.nextChainKey(key), next + 1);
    }
}
