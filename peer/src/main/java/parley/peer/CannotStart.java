package parley.peer;

/** An expected reason not to start: one line for whoever started it, and what the program exits with. */
final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private final String why;
    private final int exitCode;

    private CannotStart(String why, int exitCode) {
        super(why);
        this.why = why;
        this.exitCode = exitCode;
    }

    /** The command line or the settings are wrong. */
    static CannotStart misused(String why) {
        return new CannotStart(why, MISUSED);
    }

    /** They are right, but it can't be done. */
    static CannotStart because(String why) {
        return new CannotStart(why, FAILED);
    }

    String why() {
        return why;
    }

    int exitCode() {
        return exitCode;
    }
}
