package parley.peer.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.wire.MessageId;

/**
 * Where the history goes on: its last page, as a value that becomes the present one when its commit is on disk.
 *
 * @param number of the page, from 0
 */
record HistoryTail(long number, Page page) {
    static final String TABLE = "history";

    /** Under it stands the number of the last page. */
    static final ByteString LAST = ByteString.emptyByteString();

    static final long FIRST_SERIAL = 1;

    static HistoryTail read(Tables tables) {
        var last = tables.get(TABLE, LAST);
        if (last.isEmpty()) return new HistoryTail(0, Page.empty(FIRST_SERIAL));
        long number = new FieldReader(last.get()).u63();
        return new HistoryTail(number, page(tables, number));
    }

    static Page page(Tables tables, long number) {
        return tables.get(TABLE, key(number)).map(Page::decode).orElseGet(() -> Page.empty(FIRST_SERIAL));
    }

    static ByteString key(long number) {
        return new FieldWriter().u63(number).toByteString();
    }

    /** What was added: the next tail, the pages to be written, and each text's serial. */
    record Longer(HistoryTail next, Map<ByteString, ByteString> pages, Map<MessageId, Long> serials) {}

    Longer with(List<HistoryEntry> entries) {
        var tail = this;
        var touched = new LinkedHashMap<Long, Page>();
        var serials = new LinkedHashMap<MessageId, Long>();
        for (var entry : entries) {
            var encoded = Page.encode(entry);
            if (!tail.page.hasRoomFor(encoded)) tail = new HistoryTail(tail.number + 1, Page.empty(tail.page.end()));
            serials.put(entry.id(), tail.page.end());
            tail = new HistoryTail(tail.number, tail.page.with(encoded));
            touched.put(tail.number, tail.page);
        }
        var pages = new LinkedHashMap<ByteString, ByteString>();
        touched.forEach((number, page) -> pages.put(key(number), page.encode()));
        boolean first = !entries.isEmpty() && page.entries().isEmpty();
        if (first || tail.number != number) pages.put(LAST, key(tail.number));
        return new Longer(tail, pages, serials);
    }
}
