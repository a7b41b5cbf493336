package parley.peer.vault;

import org.apache.pekko.util.ByteString;

/** A record, opened. Prints as {@code redacted}. */
public record Entry(ByteString key, ByteString value) {
    @Override
    public String toString() {
        return "redacted";
    }
}
