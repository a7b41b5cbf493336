package parley.messages.directory;

/** A line that says nothing. Its message is fit to show: what was expected, never the line itself. */
public final class MalformedLine extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String why;

    MalformedLine(String why) {
        super(why);
        this.why = why;
    }

    public String why() {
        return why;
    }
}
