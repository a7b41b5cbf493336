package parley.peer.cipher.ratchet;

import java.util.OptionalLong;
import org.apache.pekko.util.ByteString;

/** What sessions answer to sealed bytes. */
public sealed interface Opening {
    /**
     * Prints without its content. To be stored as one: the next sessions, the content, and that the prekeys are spent.
     *
     * @param began whether this message began the session
     * @param spent the id of one-time prekeys whose private halves are to be forgotten now
     */
    record Opened(Sessions next, ByteString content, boolean began, OptionalLong spent) implements Opening {
        @Override
        public String toString() {
            return "Opened[redacted]";
        }
    }

    /** Nothing has changed. */
    record Refused(Refusal why) implements Opening {}
}
