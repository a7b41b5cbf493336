package parley.peer.store;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.peer.vault.Records;

/** The vault within one transaction. */
record Writing(Records records) implements Tables {
    @Override
    public Optional<ByteString> get(String table, ByteString key) {
        return records.get(table, key);
    }

    @Override
    public List<Row> list(String table) {
        return records.list(table).stream()
                .map(entry -> new Row(entry.key(), entry.value()))
                .toList();
    }

    void put(String table, ByteString key, ByteString value) {
        records.put(table, key, value);
    }

    void delete(String table, ByteString key) {
        records.delete(table, key);
    }
}
