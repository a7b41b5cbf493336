package parley.peer.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Goes through the history from its end, some pages at a time, and holds no more than one of them.
 *
 * @param of whose texts count, if not all
 * @param page the next one to look at
 * @param wanted how many more
 */
record Search(Needle words, Optional<HistoryOf> of, long page, int wanted) {
    static Search of(String words, Optional<HistoryOf> of, long lastPage, int wanted) {
        return new Search(Needle.of(words), of, lastPage, wanted);
    }

    boolean isOver() {
        return page < 0 || wanted <= 0;
    }

    /** @param found newest first */
    record Slice(Search next, List<HistoryLine> found) {}

    Slice look(Tables tables, int pages) {
        var found = new ArrayList<HistoryLine>();
        long at = page;
        for (int i = 0; i < pages && at >= 0 && found.size() < wanted; i++, at--) {
            var stored = tables.get(HistoryTail.TABLE, HistoryTail.key(at));
            if (stored.isEmpty()) continue;
            var here = matches(new PageScan(stored.get()), tables);
            found.addAll(here.reversed());
        }
        var taken = List.copyOf(found.subList(0, Math.min(found.size(), wanted)));
        return new Slice(new Search(words, of, at, wanted - taken.size()), taken);
    }

    private List<HistoryLine> matches(PageScan scan, Tables tables) {
        var found = new ArrayList<HistoryLine>();
        var counts = of.map(Search::those).orElse(each -> true);
        while (scan.next()) if (counts.test(scan) && scan.holds(words)) found.add(line(scan, tables));
        return found;
    }

    private static Predicate<PageScan> those(HistoryOf of) {
        return switch (of) {
            case HistoryOf.With(var contact) -> {
                var name = contact.text().getBytes(StandardCharsets.US_ASCII);
                yield scan -> scan.isWith(name);
            }
            case HistoryOf.In(var group) -> {
                var name = group.text().getBytes(StandardCharsets.US_ASCII);
                yield scan -> scan.isIn(name);
            }
        };
    }

    static HistoryLine line(PageScan scan, Tables tables) {
        var entry = Page.entry(scan.encoded());
        var marks = entry.ours() ? Marks.of(entry.id(), tables) : Optional.<Marks>empty();
        return new HistoryLine(scan.serial(), entry, marks.flatMap(Marks::ofContact), marks.flatMap(Marks::spread));
    }

    @Override
    public String toString() {
        return "Search[page %d]".formatted(page);
    }
}
