package parley.messages.name;

/** A name, a password or an address that breaks the rules. */
public final class BadName extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String why;

    BadName(String why) {
        super(why);
        this.why = why;
    }

    /** What was wrong and what is allowed, fit to show; never the text itself. */
    public String why() {
        return why;
    }
}
