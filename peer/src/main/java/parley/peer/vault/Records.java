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
        var row = keys.of(checked(table)).row(key);
        database.versions().are(row, Versions.ABSENT);
        return database.delete(table, row);
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
        var row = tableKeys.row(key);
        var before = database.versions().of(row);
        // Most records that nothing is known of are new: looking for them first would be a statement for nothing.
        if (before.isEmpty() && database.insert(table, tableKeys.seal(row, key, value, 1, random))) {
            database.versions().are(row, 1);
            return;
        }
        long next = 1 + before.orElseGet(() -> verifiedVersion(table, tableKeys, row));
        database.put(table, tableKeys.seal(row, key, value, next, random));
        database.versions().are(row, next);
    }

    /** Opened, not only looked at: nobody who altered the file chooses the version of what comes next. */
    private long verifiedVersion(String table, TableKeys tableKeys, ByteString row) {
        return database.row(table, row).map(tableKeys::verifiedVersion).orElse(Versions.ABSENT);
    }

    Optional<ByteString> getFrom(String table, ByteString key) {
        var tableKeys = keys.of(table);
        var row = tableKeys.row(key);
        var stored = database.row(table, row);
        var value = stored.map(box -> tableKeys.open(box).value());
        database.versions().are(row, stored.map(SealedRow::version).orElse(Versions.ABSENT));
        return value;
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
