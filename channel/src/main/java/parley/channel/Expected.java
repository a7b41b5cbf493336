package parley.channel;

import parley.messages.identity.IdentityKey;

/** Whose key the other side must show. */
public sealed interface Expected {
    /** This one and no other. */
    record Exactly(IdentityKey key) implements Expected {}

    /** Any Ed25519 key that it can prove to have: who it is follows from what is said later. */
    record Anybody() implements Expected {}
}
