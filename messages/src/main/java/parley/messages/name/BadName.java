package parley.messages.name;

/** A name or an address that breaks the rules; the message says what was found and what is allowed. */
public final class BadName extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    BadName(String what) {
        super(what);
    }
}
