package parley.peer.contact;

/** What we think of the contact's identity. */
public enum Trust {
    /** Pinned when it was first seen, or accepted by the user after that. */
    PINNED,
    /** The user has compared the safety number of this very identity. */
    VERIFIED,
    /** Another one, which the one before has signed: shown, and everything goes on. */
    CHANGED,
    /** Another one, which nobody signed: nothing is sent until the user accepts it. */
    FORKED,
    /** It has ended; nothing is sent any more. */
    REVOKED
}
