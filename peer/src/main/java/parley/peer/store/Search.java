package parley.peer.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.messages.name.UserName;

/**
 * Goes through the history from its end, some pages at a time, and holds no more than one of them.
 *
 * @param contact the only one that counts, if there is one
 * @param page the next one to look at
 * @param wanted how many more
 */
record Search(Needle words, Optional<UserName> contact, long page, int wanted) {
    static Search of(String words, Optional<UserName> contact, long lastPage, int wanted) {
        return new Search(Needle.of(words), contact, lastPage, wanted);
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
        return new Slice(new Search(words, contact, at, wanted - taken.size()), taken);
    }

    private List<HistoryLine> matches(PageScan scan, Tables tables) {
        var found = new ArrayList<HistoryLine>();
        var name = contact.map(only -> only.text().getBytes(StandardCharsets.US_ASCII))
                .orElse(null);
        while (scan.next()) {
            if (name != null && !scan.isOf(name)) continue;
            if (scan.holds(words)) found.add(line(scan, tables));
        }
        return found;
    }

    static HistoryLine line(PageScan scan, Tables tables) {
        var entry = Page.entry(scan.encoded());
        return new HistoryLine(scan.serial(), entry, entry.ours() ? Marks.of(entry.id(), tables) : Optional.empty());
    }

    @Override
    public String toString() {
        return "Search[page %d]".formatted(page);
    }
}
