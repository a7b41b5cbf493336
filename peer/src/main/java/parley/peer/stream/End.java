package parley.peer.stream;

import java.io.IOException;
import java.util.Optional;
import parley.peer.stream.Streams.Closing;
import parley.peer.stream.Streams.Why;

/** One side of a stream once both have greeted: what it says, and what it makes of what it hears. All calls block. */
interface End {
    /** How it ended. */
    sealed interface Verdict {}

    /** @param sha256 empty at the sender */
    record Whole(String sha256) implements Verdict {}

    record Over(Why why, String text) implements Verdict {}

    /** Before anything is said. */
    void begin() throws IOException;

    /** @throws StreamBroken if the other side may not say that now */
    void take(StreamFrame frame) throws StreamBroken, IOException;

    /** What is to be said next, if anything. */
    Optional<StreamFrame> say() throws IOException;

    /** The owner wants no more of it. */
    void close(Closing why);

    /** Bytes of the file that are there. */
    long bytes();

    /** Once it is there, what {@link #say} still gives is the last word. */
    Optional<Verdict> verdict();

    /** Lets the file go. */
    void release();
}
