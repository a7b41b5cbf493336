package parley.peer.store;

import java.util.ArrayList;
import java.util.List;

/** What comes after a cursor, in order. */
final class After {
    /** At most {@code wanted} texts with a serial above {@code cursor}. */
    static List<HistoryLine> read(Tables tables, HistoryTail tail, long cursor, int wanted) {
        var found = new ArrayList<HistoryLine>();
        for (long at = pageOf(cursor + 1, tables, tail); at <= tail.number() && found.size() < wanted; at++) {
            var stored = tables.get(HistoryTail.TABLE, HistoryTail.key(at));
            if (stored.isEmpty()) continue;
            var scan = new PageScan(stored.get());
            while (scan.next() && found.size() < wanted)
                if (scan.serial() > cursor) found.add(Search.line(scan, tables));
        }
        return found;
    }

    /** The last page that begins at {@code serial} or before, by halving. */
    private static long pageOf(long serial, Tables tables, HistoryTail tail) {
        long low = 0;
        long high = tail.number();
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (HistoryTail.page(tables, middle).first() <= serial) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    private After() {}
}
