package parley.peer.cipher.agreement;

/** Why two do not come to a secret. */
public enum NotAgreed {
    /** The other chain belongs to another registry. */
    OTHER_REGISTRY,
    /** The other side has our name or our identity: our own bytes came back, or somebody plays us. */
    OURSELVES,
    /** The other identity has ended. */
    REVOKED,
    /** The greeting names keys that its sender's chain does not. */
    OTHER_IDENTITY,
    /** We never offered such prekeys, or their private halves are gone. */
    UNKNOWN_PREKEYS,
    /** The one-time prekeys were used before, or never were ours. */
    SPENT_PREKEYS,
    /** A key leads to the secret that is all zero, as it would for everybody. */
    WEAK_KEY
}
