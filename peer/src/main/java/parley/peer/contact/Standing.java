package parley.peer.contact;

/** What a contact may do here. Whoever one writes to is accepted by it. */
public enum Standing {
    /** Wrote first: his texts wait, bounded, and he is told nothing. */
    STRANGER,
    ACCEPTED,
    /** What comes from him is dropped unread. */
    BLOCKED
}
