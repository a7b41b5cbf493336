package parley.peer.session;

import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command or a delivery that failed for a reason that its user should read. */
final class NotDelivered extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(NotDelivered.class);

    /** Frames of what nobody has foreseen. Enough to find the place. */
    private static final int FRAMES_MAX = 12;

    private final String why;

    /** A value that travels through stages, so it has no stack trace. */
    NotDelivered(String why) {
        super(why, null, false, false);
        this.why = why;
    }

    /** What to tell the user of a failed future. */
    static String why(@Nullable Throwable failure) {
        var cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) cause = cause.getCause();
        if (cause instanceof NotDelivered refused) return refused.why;
        return cause == null ? "Failed, and nothing is known of it" : unforeseen(cause);
    }

    /** Its own message may hold a path or a text, so it goes neither to the log nor to the screen. */
    private static String unforeseen(Throwable cause) {
        var name = cause.getClass().getName();
        LOG.warn(
                "{} was not foreseen, at {}",
                name,
                Arrays.stream(cause.getStackTrace())
                        .limit(FRAMES_MAX)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining(" < ")));
        return "Failed unexpectedly (%s), the log says where"
                .formatted(cause.getClass().getSimpleName());
    }
}
