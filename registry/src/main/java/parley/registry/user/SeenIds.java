package parley.registry.user;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which ids of one-time pairs an identity ever brought, as ranges: {@code 0-99,200-299}. Whoever counts, as peers do,
 * has one of them. Of somebody who draws ids at random the lowest ranges are joined when there are too many, and what
 * was between them counts as seen: a pair too few does no harm, the same pair twice would.
 */
final class SeenIds {
    private static final int RANGES_MAX = 256;

    /** From the first of each range to its last. */
    private final NavigableMap<Long, Long> ranges = new TreeMap<>();

    /** @param text as {@link #toString} gave it */
    static SeenIds parse(String text) {
        var seen = new SeenIds();
        if (text.isEmpty()) return seen;
        for (var range : text.split(",", -1)) {
            int dash = range.indexOf('-');
            seen.ranges.put(Long.parseLong(range.substring(0, dash)), Long.parseLong(range.substring(dash + 1)));
        }
        return seen;
    }

    boolean contains(long id) {
        var below = ranges.floorEntry(id);
        return below != null && below.getValue() >= id;
    }

    /** False if it was there. */
    boolean add(long id) {
        if (contains(id)) return false;
        long first = id;
        long last = id;
        var below = ranges.floorEntry(id);
        if (below != null && below.getValue() == id - 1) first = below.getKey();
        var above = ranges.remove(id + 1);
        if (above != null) last = above;
        ranges.put(first, last);
        if (ranges.size() > RANGES_MAX) joinLowest();
        return true;
    }

    private void joinLowest() {
        var lowest = ranges.pollFirstEntry();
        var next = ranges.pollFirstEntry();
        if (lowest != null && next != null) ranges.put(lowest.getKey(), next.getValue());
    }

    @Override
    public String toString() {
        return ranges.entrySet().stream()
                .map(range -> range.getKey() + "-" + range.getValue())
                .collect(Collectors.joining(","));
    }
}
