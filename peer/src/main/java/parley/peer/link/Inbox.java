package parley.peer.link;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.javadsl.Sink;
import parley.messages.classic.Origin;
import parley.messages.classic.Sealed;

/**
 * What inbound links do with what they receive. Called from many links at once, so it must be safe for threads and must
 * not block. A stage that it returns may fail; the link is aborted then, as after a refusal.
 */
public interface Inbox {
    /**
     * A text came. The link is closed when the answer is {@link Verdict.Kept}, and only then the sender may believe that
     * it was read.
     *
     * @param length code points; what is opened is cut to it, {@link TextPieces#text}
     */
    CompletionStage<Verdict> text(Conversation from, int length, Sealed text);

    /**
     * A file is offered; its sender waits for the answer.
     *
     * @param path as the sender typed it and not to be trusted
     */
    CompletionStage<Place> file(Conversation from, String path);

    /** A link ended before its time; one line for each. */
    void dropped(Dropped dropped);

    sealed interface Verdict {
        record Kept() implements Verdict {}

        /** @param why one line, fit to show; the other side only sees that it failed */
        record Refused(String why) implements Verdict {}
    }

    sealed interface Place {
        /**
         * Where the file goes: run exactly once, whatever happens to the link. It gets batches of up to
         * {@link #BATCH_CHUNKS} chunks, completes at the file's end and fails, with a reason as the message, when the
         * link breaks. The sender sees a clean close only if it answers {@link Verdict.Kept}.
         */
        record Into(Sink<List<Sealed>, ? extends CompletionStage<Verdict>> sink) implements Place {}

        /** @param why one line, fit to show */
        record Refused(String why) implements Place {}
    }

    /**
     * @param from where the connection came from
     * @param claimed whom it said to be, if it came that far
     * @param why one line, fit to show, without any byte of what was received
     * @param fileTold whether it ended in the middle of a file, whose {@link Place.Into} learns of it too
     */
    record Dropped(InetSocketAddress from, Optional<Origin> claimed, String why, boolean fileTold) {}

    /** Chunks handed on at once: enough that the ask behind it weighs little, and so little that 256 links fit 64 MiB. */
    int BATCH_CHUNKS = 16;
}
