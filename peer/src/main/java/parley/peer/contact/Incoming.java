package parley.peer.contact;

import org.apache.pekko.util.ByteString;
import parley.messages.wire.Content.Text;

/**
 * Where the contact's texts stand in his order.
 *
 * @param expected the counter of his next text
 * @param last the hash of the text before that one, {@link Text#NO_PREVIOUS} if it is not here
 */
record Incoming(long expected, ByteString last, Gaps gaps) {
    /** Far beyond what anybody writes; a counter above it moves nothing. */
    static final long COUNTER_MAX = 1L << 62;

    static final Incoming NONE = new Incoming(1, Text.NO_PREVIOUS, Gaps.NONE);

    /** What one more text means. */
    sealed interface Place {
        Incoming next();
    }

    record Next(Incoming next) implements Place {}

    record AfterGap(Incoming next, Range missing) implements Place {}

    record Fills(Incoming next) implements Place {}

    /** The counter was used for another text: the writer has forgotten that one. */
    record Older(Incoming next) implements Place {}

    /** The writer's text before it is another than the one that is here. */
    record OtherBefore(Incoming next) implements Place {}

    /** @param hash of {@code text} */
    Place place(Text text, ByteString hash) {
        long counter = text.counter();
        if (counter > COUNTER_MAX) return new Older(this);
        if (counter > expected)
            return new AfterGap(
                    new Incoming(counter + 1, hash, gaps.with(new Range(expected, counter - 1))),
                    new Range(expected, counter - 1));
        if (counter == expected) {
            var next = new Incoming(counter + 1, hash, gaps);
            boolean follows = last.equals(Text.NO_PREVIOUS) || text.previous().equals(last);
            return follows ? new Next(next) : new OtherBefore(next);
        }
        if (gaps.has(counter)) return new Fills(new Incoming(expected, last, gaps.without(counter)));
        // It goes on from there, as soon as it knows which counter is expected: nothing to compare with is left.
        return new Older(new Incoming(expected, Text.NO_PREVIOUS, gaps));
    }
}
