package parley.peer.talk;

import java.util.concurrent.CompletionStage;

/** Where a peer's happenings are told: a terminal, a pipe, a program. */
public interface Screen {
    /**
     * Shows {@code happening} after all earlier ones. Safe for threads, never blocks.
     *
     * @return completes when it was handed to the terminal or pipe. A text is not acknowledged to its sender before
     *     that, which is what holds senders back from a reader that is slow.
     */
    CompletionStage<Void> show(Happening happening);
}
