package parley.peer.session;

import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A command or a delivery that failed for a reason that its user should read. */
final class NotDelivered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String why;

    NotDelivered(String why) {
        super(why);
        this.why = why;
    }

    /** What to tell the user of a failed future. */
    static String why(@Nullable Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof NotDelivered refused) return refused.why;
        return "Failed unexpectedly, the log says why (%s)"
                .formatted(cause == null ? "nothing known" : cause.getClass().getSimpleName());
    }
}
