package parley.peer.contact;

/** Counters, both ends included. */
public record Range(long from, long to) {
    /** @throws IllegalArgumentException unless there is at least one, from 1 on */
    public Range {
        if (from < 1 || to < from) throw new IllegalArgumentException("counters %d to %d".formatted(from, to));
    }

    public long count() {
        return to - from + 1;
    }

    boolean has(long counter) {
        return from <= counter && counter <= to;
    }
}
