package parley.peer.cipher.ratchet;

import parley.peer.cipher.agreement.NotAgreed;

/** Why sealed bytes were not opened. Nothing has changed by them. */
public enum Refusal {
    /** No message: another version, or a size that no message has. */
    MALFORMED,
    /** No session of ours has that id, and the message does not bring what one begins with. Another copy of us may. */
    UNKNOWN_SESSION,
    /** The session was given up for newer ones; its first message begins it no second time. */
    ENDED_SESSION,
    /** The session that the greeting leads to is not the one that the message names. */
    OTHER_SESSION,
    /** Our own bytes came back. */
    REFLECTED,
    /** Opened before, or so late that its key was dropped. */
    REPLAYED,
    /** Would skip more than {@link Ratchet#SKIP_MAX} messages. */
    TOO_FAR_AHEAD,
    /** The ratchet key leads to the secret that is all zero. */
    WEAK_KEY,
    /** The tag does not fit: altered, made without the key, or from a chain that is over. */
    FORGED,
    /** The tag fits and the padding does not: the contact's program is wrong. */
    BAD_PADDING,
    /** See {@link NotAgreed#OTHER_REGISTRY}. */
    OTHER_REGISTRY,
    /** See {@link NotAgreed#OURSELVES}. */
    OURSELVES,
    /** See {@link NotAgreed#REVOKED}. */
    REVOKED,
    /** See {@link NotAgreed#OTHER_IDENTITY}. */
    OTHER_IDENTITY,
    /** See {@link NotAgreed#UNKNOWN_PREKEYS}. */
    UNKNOWN_PREKEYS,
    /** See {@link NotAgreed#SPENT_PREKEYS}. */
    SPENT_PREKEYS;

    static Refusal of(NotAgreed why) {
        return switch (why) {
            case OTHER_REGISTRY -> OTHER_REGISTRY;
            case OURSELVES -> OURSELVES;
            case REVOKED -> REVOKED;
            case OTHER_IDENTITY -> OTHER_IDENTITY;
            case UNKNOWN_PREKEYS -> UNKNOWN_PREKEYS;
            case SPENT_PREKEYS -> SPENT_PREKEYS;
            case WEAK_KEY -> WEAK_KEY;
        };
    }
}
