package parley.peer.vault;

import static parley.peer.vault.Disk.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.util.ByteString;
import org.sqlite.SQLiteConfig;
import parley.peer.vault.VaultRefused.Reason;

/**
 * The SQLite file. It sees what is sealed and nothing else.
 *
 * <pre>
 *   head    one row: the wrapped key
 *   record  (tab, row) -> version, nonce, box
 * </pre>
 *
 * <p>Records lie in the order in which they came, beside their index: names that look random would strew them over the
 * file, four to a page, which takes three times as long to read. Vaults made WITHOUT ROWID before work as well.
 */
final class Database implements AutoCloseable {
    /** "PRLY", for who asks {@code file} what this is. */
    static final int APPLICATION_ID = 0x50524c59;

    static final int VERSION = 1;

    /** What SQLite calls FULL: a commit returns when the log is on disk. */
    private static final int SYNCHRONOUS_FULL = 2;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Versions versions = new Versions();
    private boolean inTransaction;

    /** @throws VaultRefused if it is no vault of a version that we know */
    static Database open(Path file) {
        var database = connected(file);
        try {
            database.mustBeOurs();
            return database;
        } catch (RuntimeException refused) {
            database.close();
            throw refused;
        }
    }

    /** Lays an empty vault into the empty {@code file}. */
    static Database create(Path file, ByteString wrappedKey) {
        var database = connected(file);
        try {
            return database.transaction(() -> {
                database.execute("PRAGMA application_id = " + APPLICATION_ID);
                database.execute("PRAGMA user_version = " + VERSION);
                database.execute("CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), wrapped BLOB NOT NULL)");
                database.execute("CREATE TABLE record (tab TEXT NOT NULL, row BLOB NOT NULL, version INTEGER NOT NULL,"
                        + " nonce BLOB NOT NULL, box BLOB NOT NULL, PRIMARY KEY (tab, row))");
                database.wrappedKey(wrappedKey);
                return database;
            });
        } catch (RuntimeException refused) {
            database.close();
            throw refused;
        }
    }

    private static Database connected(Path file) {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) SqliteLibrary.in(folder);
        var config = new SQLiteConfig();
        // No row of ours has a number: asking for it would be a second statement behind each insert.
        config.setGetGeneratedKeys(false);
        var database = new Database(sql(() -> config.createConnection("jdbc:sqlite:" + file.toUri())));
        try {
            // What is deleted is overwritten, and the schema of a file that others may have altered runs nothing.
            database.execute("PRAGMA secure_delete = ON");
            database.execute("PRAGMA trusted_schema = OFF");
            database.execute("PRAGMA temp_store = MEMORY");
            database.execute("PRAGMA journal_mode = WAL");
            database.execute("PRAGMA synchronous = FULL");
            if (database.number("PRAGMA synchronous") != SYNCHRONOUS_FULL
                    || !database.text("PRAGMA journal_mode").equals("wal"))
                throw new VaultRefused(Reason.FAILED, "SQLite can't keep a write-ahead log at " + file);
            return database;
        } catch (RuntimeException refused) {
            database.close();
            throw refused;
        }
    }

    private Database(Connection connection) {
        this.connection = connection;
    }

    /** All of {@code work} is on disk when this returns, or nothing of it ever was. */
    <T> T transaction(Supplier<T> work) {
        return within("BEGIN IMMEDIATE", work);
    }

    /** For {@code work} that only looks: takes none of the locks that writing needs. */
    <T> T reading(Supplier<T> work) {
        return within("BEGIN", work);
    }

    private <T> T within(String begin, Supplier<T> work) {
        if (inTransaction) throw new IllegalStateException("a transaction within another");
        update(begin);
        inTransaction = true;
        boolean committed = false;
        try {
            var result = work.get();
            update("COMMIT");
            committed = true;
            return result;
        } finally {
            inTransaction = false;
            if (!committed) rollBack();
        }
    }

    /** What is known of the rows without looking. */
    Versions versions() {
        return versions;
    }

    ByteString wrappedKey() {
        return sql(() -> {
            try (var query = connection.prepareStatement("SELECT wrapped FROM head");
                    var rows = query.executeQuery()) {
                if (!rows.next()) throw new VaultRefused(Reason.DAMAGED, "The vault has no key");
                return bytes(rows, 1);
            }
        });
    }

    void wrappedKey(ByteString wrapped) {
        update("INSERT INTO head VALUES (1, ?) ON CONFLICT DO UPDATE SET wrapped = excluded.wrapped", wrapped);
    }

    Optional<SealedRow> row(String table, ByteString row) {
        return rows("SELECT row, version, nonce, box FROM record WHERE tab = ? AND row = ?", table, row).stream()
                .findFirst();
    }

    List<SealedRow> rows(String table) {
        return rows("SELECT row, version, nonce, box FROM record WHERE tab = ?", table);
    }

    /** Whether there was none. */
    boolean insert(String table, SealedRow sealed) {
        return update(
                        "INSERT INTO record VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                        table,
                        sealed.row(),
                        sealed.version(),
                        sealed.nonce(),
                        sealed.box())
                > 0;
    }

    void put(String table, SealedRow sealed) {
        update(
                "INSERT INTO record VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE"
                        + " SET version = excluded.version, nonce = excluded.nonce, box = excluded.box",
                table,
                sealed.row(),
                sealed.version(),
                sealed.nonce(),
                sealed.box());
    }

    boolean delete(String table, ByteString row) {
        return update("DELETE FROM record WHERE tab = ? AND row = ?", table, row) > 0;
    }

    /** A copy without gaps in the empty {@code file}; this vault stays as it is. */
    void copyTo(Path file) {
        if (inTransaction) throw new IllegalStateException("a copy within a transaction");
        forgetStatements();
        sql(() -> {
            try (var vacuum = connection.prepareStatement("VACUUM INTO ?")) {
                vacuum.setString(1, file.toString());
                return vacuum.executeUpdate();
            }
        });
    }

    /** Brings the log home and empties it, so that what was overwritten is not read there. */
    void emptyLog() {
        try {
            execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (VaultRefused notNow) {
            // What was committed holds all the same, and the next checkpoint overwrites as well.
        }
    }

    private void mustBeOurs() {
        if (number("PRAGMA application_id") != APPLICATION_ID)
            throw new VaultRefused(Reason.DAMAGED, "The file is no vault");
        int version = number("PRAGMA user_version");
        if (version > VERSION)
            throw new VaultRefused(Reason.TOO_NEW, "The vault has version %d, expected %d".formatted(version, VERSION));
    }

    private void rollBack() {
        versions.forget();
        try {
            execute("ROLLBACK");
        } catch (VaultRefused noneOpen) {
            // SQLite has done it already when the disk was full or failed; the first exception says so.
        }
    }

    private List<SealedRow> rows(String query, Object... values) {
        return sql(() -> {
            try (var rows = prepared(query, values).executeQuery()) {
                var found = new ArrayList<SealedRow>();
                while (rows.next())
                    found.add(new SealedRow(bytes(rows, 1), rows.getLong(2), bytes(rows, 3), bytes(rows, 4)));
                return found;
            }
        });
    }

    private int update(String statement, Object... values) {
        return sql(() -> {
            try {
                return prepared(statement, values).executeUpdate();
            } catch (SQLException failed) {
                forgetStatements();
                throw failed;
            }
        });
    }

    /** One that a full disk has cut short counts as under way: it would keep all others from ending. */
    private void forgetStatements() {
        for (var statement : statements.values()) {
            sql(() -> {
                statement.close();
                return statement;
            });
        }
        statements.clear();
    }

    /** Each text is compiled once: that takes longer than most of them run. They go with the connection. */
    private PreparedStatement prepared(String text, Object... values) throws SQLException {
        var statement = statements.get(text);
        if (statement == null) {
            statement = connection.prepareStatement(text);
            statements.put(text, statement);
        }
        for (int i = 0; i < values.length; i++) {
            var value = values[i] instanceof ByteString bytes ? bytes.toArrayUnsafe() : values[i];
            statement.setObject(i + 1, value);
        }
        return statement;
    }

    private static ByteString bytes(ResultSet rows, int column) throws SQLException {
        var bytes = rows.getBytes(column);
        return bytes == null ? ByteString.emptyByteString() : ByteString.fromArrayUnsafe(bytes);
    }

    private int number(String pragma) {
        return Integer.parseInt(text(pragma));
    }

    private String text(String pragma) {
        return sql(() -> {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery(pragma)) {
                return rows.next() ? rows.getString(1) : "";
            }
        });
    }

    private void execute(String text) {
        sql(() -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(text);
            }
        });
    }

    @Override
    public void close() {
        sql(() -> {
            connection.close();
            return this;
        });
    }
}
