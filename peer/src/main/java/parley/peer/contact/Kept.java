package parley.peer.contact;

/** What becomes of something that was opened. */
enum Kept {
    /** It is for whom it is for at once. */
    HERE,
    /** It waits until its writer is accepted. */
    AS_REQUEST,
    /** It is acknowledged, and nothing else. */
    DROPPED,
    /** It stays where it came from, as if it had not been opened. */
    NOT
}
