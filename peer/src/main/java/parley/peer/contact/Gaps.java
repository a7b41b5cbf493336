package parley.peer.contact;

import java.util.ArrayList;
import java.util.List;

/**
 * Counters that were passed over and never came, in order.
 *
 * @param ranges apart from each other; beyond {@value #RANGES_MAX} the oldest are no longer waited for
 */
public record Gaps(List<Range> ranges) {
    /** Each came from a separate loss; whoever names counters at random gets no more memory than this. */
    static final int RANGES_MAX = 256;

    public static final Gaps NONE = new Gaps(List.of());

    public Gaps {
        ranges = List.copyOf(ranges);
    }

    boolean has(long counter) {
        return ranges.stream().anyMatch(range -> range.has(counter));
    }

    Gaps with(Range last) {
        var more = new ArrayList<>(ranges);
        more.add(last);
        return new Gaps(more.subList(Math.max(0, more.size() - RANGES_MAX), more.size()));
    }

    Gaps without(long counter) {
        var left = new ArrayList<Range>();
        for (var range : ranges) {
            if (!range.has(counter)) left.add(range);
            else {
                if (range.from() < counter) left.add(new Range(range.from(), counter - 1));
                if (counter < range.to()) left.add(new Range(counter + 1, range.to()));
            }
        }
        return new Gaps(left.subList(Math.max(0, left.size() - RANGES_MAX), left.size()));
    }
}
