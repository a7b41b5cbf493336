package parley.registry;

import java.util.concurrent.CompletionException;

/** The registry could not start for a reason that its operator can mend. The message is one line for them. */
final class CannotStart extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotStart(String why) {
        super(why);
    }

    /** One line about {@code failure}, which may have been wrapped on its way. */
    static String why(Throwable failure) {
        var root = failure;
        while (root instanceof CompletionException && root.getCause() != null) root = root.getCause();
        if (root instanceof CannotStart) return String.valueOf(root.getMessage());
        return String.valueOf(root).lines().findFirst().orElse("failed");
    }
}
