package parley.peer.vault;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.pekko.util.ByteString;

/** The records of a vault within one transaction: of no use after it. */
public final class Records {
    /** Bytes. Ids, hashes and names are keys; SQLite never sees one. */
    public static final int KEY_BYTES_MAX = 1024;

    /** Bytes. The largest value is a key chain at its limit, 1.3 MiB. */
    public static final int VALUE_BYTES_MAX = 4 * 1024 * 1024;

    /** It stands in the file as it is: it may say what is kept, never whose. */
    private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    private final Database database;
    private final Keyring keys;
    private final SecureRandom random;
    private boolean over;

    Records(Database database, Keyring keys, SecureRandom random) {
        this.database = database;
        this.keys = keys;
        this.random = random;
    }

    public void put(String table, ByteString key, ByteString value) {
        putInto(checked(table), key, value);
    }

    public Optional<ByteString> get(String table, ByteString key) {
        return getFrom(checked(table), key);
    }

    /** Whether there was one. */
    public boolean delete(String table, ByteString key) {
        return database.delete(checked(table), keys.of(table).row(key));
    }

    /** All of a table, in no order. */
    public List<Entry> list(String table) {
        var tableKeys = keys.of(checked(table));
        return database.rows(table).stream().map(tableKeys::open).toList();
    }

    void putInto(String table, ByteString key, ByteString value) {
        if (key.size() > KEY_BYTES_MAX || value.size() > VALUE_BYTES_MAX)
            throw new IllegalArgumentException("a record of %d + %d bytes, expected at most %d + %d"
                    .formatted(key.size(), value.size(), KEY_BYTES_MAX, VALUE_BYTES_MAX));
        var tableKeys = keys.of(table);
        // Opened, not only looked at: nobody who altered the file chooses the version of what comes next.
        long before = database.row(table, tableKeys.row(key))
                .map(tableKeys::verifiedVersion)
                .orElse(0L);
        database.put(table, tableKeys.seal(key, value, before + 1, random));
    }

    Optional<ByteString> getFrom(String table, ByteString key) {
        var tableKeys = keys.of(table);
        return database.row(table, tableKeys.row(key))
                .map(stored -> tableKeys.open(stored).value());
    }

    /** Later calls would write outside of any transaction. */
    void end() {
        over = true;
    }

    private String checked(String table) {
        if (over) throw new IllegalStateException("the transaction is over");
        if (!TABLE.matcher(table).matches()) throw new IllegalArgumentException("a table named " + table);
        return table;
    }
}
