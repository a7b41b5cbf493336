package parley.peer.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.peer.store.Change;
import parley.peer.store.HistoryEntry;
import parley.peer.store.Tables;

/** Rows without a vault. */
final class PlayedDisk implements Tables {
    private record Key(String table, ByteString key) {}

    private final Map<Key, ByteString> rows = new LinkedHashMap<>();
    private final List<HistoryEntry> history = new ArrayList<>();

    void write(Change... changes) {
        write(List.of(changes));
    }

    void write(List<Change> changes) {
        for (var change : changes)
            switch (change) {
                case Change.Put(var table, var key, var value) -> rows.put(new Key(table, key), value.get());
                case Change.Delete(var table, var key) -> rows.remove(new Key(table, key));
                case Change.Append(var entry) -> history.add(entry);
                case Change.Mark mark -> {}
                case Change.MarkGroup mark -> {}
            }
    }

    List<HistoryEntry> history() {
        return history;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    @Override
    public Optional<ByteString> get(String table, ByteString key) {
        return Optional.ofNullable(rows.get(new Key(table, key)));
    }

    @Override
    public List<Row> list(String table) {
        return rows.entrySet().stream()
                .filter(row -> row.getKey().table.equals(table))
                .map(row -> new Row(row.getKey().key, row.getValue()))
                .toList();
    }
}
