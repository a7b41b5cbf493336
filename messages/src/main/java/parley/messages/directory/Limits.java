package parley.messages.directory;

/** What one line may hold. */
public final class Limits {
    /** Bytes of a line with its line feed. The largest envelope is 89,108 of them in base64url. */
    public static final int LINE_BYTES_MAX = 98_304;

    /** Bytes of an envelope: the largest padding, sealed, with its greeting; docs/PROTOCOL.md §10. */
    public static final int ENVELOPE_BYTES_MAX = 66_831;

    /** Bytes of statements or entries in one answer: 97,336 characters, which leave room for the tag and the numbers before them. */
    public static final int ROW_BYTES_MAX = 73_000;

    /** Names or serials in one list. */
    public static final int LIST_MAX = 1_000;

    /** Requests of one connection that are not answered yet; more are not read. */
    public static final int UNANSWERED_MAX = 64;

    /** Characters of the text of an error; more is cut off. */
    static final int TEXT_MAX = 500;

    private Limits() {}
}
