package parley.peer.store;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.peer.vault.Records;

/** Tables within one transaction. */
interface Writing extends Tables {
    void put(String table, ByteString key, ByteString value);

    void delete(String table, ByteString key);

    static Writing to(Records records) {
        return new Writing() {
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

            @Override
            public void put(String table, ByteString key, ByteString value) {
                records.put(table, key, value);
            }

            @Override
            public void delete(String table, ByteString key) {
                records.delete(table, key);
            }
        };
    }
}
