package parley.peer.vault;

import java.util.HashMap;
import java.util.Map;
import parley.peer.cipher.primitive.Secret;

/** The data key and what was derived from it so far. Prints as {@code redacted}; closing wipes it. */
final class Keyring implements AutoCloseable {
    private final Secret dataKey;
    private final Map<String, TableKeys> tables = new HashMap<>();

    /** Takes {@code dataKey} for its own. */
    Keyring(Secret dataKey) {
        this.dataKey = dataKey;
    }

    TableKeys of(String table) {
        return tables.computeIfAbsent(table, name -> TableKeys.of(dataKey, name));
    }

    Secret dataKey() {
        return dataKey;
    }

    @Override
    public void close() {
        tables.values().forEach(TableKeys::wipe);
        tables.clear();
        dataKey.wipe();
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
