package parley.peer.cipher;

import java.util.List;
import org.apache.pekko.util.ByteString;

/** What a cipher answers to who wants something opened. */
public sealed interface Opening {
    /**
     * Prints without its content.
     *
     * @param chunks as many as there were sealed ones, in their order
     */
    record Done(List<ByteString> chunks) implements Opening {
        @Override
        public String toString() {
            return "Done[%d redacted]".formatted(chunks.size());
        }
    }

    /** @param why one line, fit to show */
    record Refused(String why) implements Opening {}
}
