package parley.peer.lookup.relay;

import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;
import parley.messages.directory.Code;

/** What comes of an {@link Attempt}. */
public sealed interface Outcome {
    /**
     * Both are there. What goes into the flow comes out of the other one's, unaltered, at the pace of who reads; there is
     * no half-close: whoever completes hears no more.
     *
     * @param connection to be run once, and soon: the registry ends one in which nothing moves
     */
    record Relayed(Flow<ByteString, ByteString, NotUsed> connection) implements Outcome {}

    /**
     * Nothing was relayed, and no connection is left.
     *
     * @param code of the registry; none if it was not reached, or does not relay
     * @param text fit to show
     */
    record NotRelayed(Optional<Code> code, String text) implements Outcome {}
}
