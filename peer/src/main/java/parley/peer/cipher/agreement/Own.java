package parley.peer.cipher.agreement;

import parley.messages.identity.KeyChain;

/** Our side: what we stated, and the private halves of it. Prints without them. */
public record Own(KeyChain chain, PrivateKeys keys) {
    @Override
    public String toString() {
        return "Own[%s]".formatted(chain);
    }
}
