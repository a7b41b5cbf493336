package parley.messages.settings;

/** A setting that cannot be used. The message is one line for whoever wrote it: where it is, what was found, what fits. */
public final class BadSettings extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String why;

    BadSettings(String why) {
        super(why);
        this.why = why;
    }

    public String why() {
        return why;
    }
}
