package parley.messages.identity;

/** What a chain answers to a statement that is to be its next. */
public sealed interface Appending {
    /** A chain is a value: the one that was asked stays as it was. */
    record Longer(KeyChain chain) implements Appending {}

    record Refused(Why why) implements Appending {}

    /** In the order in which they are checked. */
    enum Why {
        /** It was revoked: nothing follows, not even a second revocation. */
        REVOKED,
        /** {@link KeyChain#STATEMENTS_MAX} are reached; the last place is for a revocation. */
        FULL,
        /** Its sequence is not the next. */
        WRONG_SEQUENCE,
        /** It names another statement as the one before. */
        WRONG_PREVIOUS,
        /**
         * It is not the identity though it is the first, or it is though it is not; or prekeys without an agreement
         * key.
         */
        WRONG_PURPOSE,
        /** It is about another account. */
        WRONG_NAME,
        /** It names a key that this chain has named before, or one twice. */
        KEY_NAMED_BEFORE,
        /** The key that has to sign it did not. */
        WRONG_SIGNATURE,
        /** The successor did not sign that it is one. */
        WRONG_PROOF
    }
}
