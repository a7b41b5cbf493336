package parley.messages.classic;

/** The other side broke the protocol; the connection is over. */
public final class MalformedMessage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;

    public MalformedMessage(String what) {
        super(what);
        this.what = what;
    }

    /** What was found, fit to show; never the bytes themselves. */
    public String what() {
        return what;
    }
}
