package parley.peer.contact;

import org.apache.pekko.util.ByteString;
import parley.messages.wire.Content.Text;

/**
 * Where somebody's texts stand in his order: those to us, or those in one group.
 *
 * @param expected the counter of his next text
 * @param last the hash of the text before that one, {@link Text#NO_PREVIOUS} if it is not here
 */
public record Incoming(long expected, ByteString last, Gaps gaps) {
    /** Far beyond what anybody writes; a counter above it moves nothing. */
    public static final long COUNTER_MAX = 1L << 62;

    public static final Incoming NONE = new Incoming(1, Text.NO_PREVIOUS, Gaps.NONE);

    /** What one more text means. */
    public sealed interface Place {
        Incoming next();
    }

    public record Next(Incoming next) implements Place {}

    public record AfterGap(Incoming next, Range missing) implements Place {}

    public record Fills(Incoming next) implements Place {}

    /** The counter was used for another text: the writer has forgotten that one. */
    public record Older(Incoming next) implements Place {}

    /** The writer's text before it is another than the one that is here. */
    public record OtherBefore(Incoming next) implements Place {}

    Place place(Text text, ByteString hash) {
        return place(text.counter(), text.previous(), hash);
    }

    /** @param hash of the text that has this counter and names {@code previous} */
    public Place place(long counter, ByteString previous, ByteString hash) {
        if (counter > COUNTER_MAX) return new Older(this);
        if (counter > expected)
            return new AfterGap(
                    new Incoming(counter + 1, hash, gaps.with(new Range(expected, counter - 1))),
                    new Range(expected, counter - 1));
        if (counter == expected) {
            var next = new Incoming(counter + 1, hash, gaps);
            boolean follows = last.equals(Text.NO_PREVIOUS) || previous.equals(last);
            return follows ? new Next(next) : new OtherBefore(next);
        }
        if (gaps.has(counter)) return new Fills(new Incoming(expected, last, gaps.without(counter)));
        // It goes on from there, as soon as it knows which counter is expected: nothing to compare with is left.
        return new Older(new Incoming(expected, Text.NO_PREVIOUS, gaps));
    }
}
