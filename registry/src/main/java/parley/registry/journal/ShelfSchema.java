package parley.registry.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/** Opens the shelf's file, and lays it out if it is new. */
final class ShelfSchema {
    static final String NAME = "shelf.sqlite";

    private static final String RESOURCE = "shelf-sqlite.sql";

    /** Written as the file's {@code user_version}; 0 is a new file. */
    private static final int VERSION = 1;

    static Connection open(Path database, int busyTimeoutMillis) throws IOException {
        try {
            var connection = new SQLiteConfig().createConnection(SqliteSchema.url(database));
            try {
                execute(connection, "PRAGMA busy_timeout = " + busyTimeoutMillis);
                execute(connection, "PRAGMA journal_mode = WAL");
                // What was answered must outlive a power failure.
                execute(connection, "PRAGMA synchronous = FULL");
                execute(connection, "PRAGMA trusted_schema = OFF");
                layOut(database, connection);
                return connection;
            } catch (SQLException | IOException | RuntimeException failed) {
                connection.close();
                throw failed;
            }
        } catch (SQLException failed) {
            throw new IOException(
                    "%s is no shelf that can be opened (%s)".formatted(database, failed.getMessage()), failed);
        }
    }

    /** An invitation may be made while the registry starts: only one of the two lays it out. */
    private static void layOut(Path database, Connection connection) throws SQLException, IOException {
        execute(connection, "BEGIN IMMEDIATE");
        boolean committed = false;
        try {
            int version = version(connection);
            if (version == 0) {
                for (var sql : schema().split(";", -1)) if (!sql.isBlank()) execute(connection, sql);
                execute(connection, "PRAGMA user_version = " + VERSION);
            } else if (version != VERSION) {
                throw new IOException("%s has layout %d, expected %d; it was written by a later version of the registry"
                        .formatted(database, version, VERSION));
            }
            execute(connection, "COMMIT");
            committed = true;
        } finally {
            if (!committed) execute(connection, "ROLLBACK");
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String schema() throws IOException {
        try (var in = ShelfSchema.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (in == null) throw new IOException("the program lacks its " + RESOURCE);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private ShelfSchema() {}
}
