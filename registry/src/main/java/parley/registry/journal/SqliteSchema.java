package parley.registry.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.JDBC;

/** The tables that pekko-persistence-jdbc expects, which it ships for other databases only. */
final class SqliteSchema {
    private static final String RESOURCE = "journal-sqlite.sql";

    /** Written as the file's {@code user_version}; 0 is a new file. */
    private static final int VERSION = 1;

    /** A URI, so that a question mark in the path is not taken for the start of options. */
    static String url(Path database) {
        return "jdbc:sqlite:" + database.toUri();
    }

    static void create(Path database) throws IOException {
        try (var connection = JDBC.createConnection(url(database), new Properties())) {
            int version = version(connection);
            if (version == 0) write(connection);
            else if (version != VERSION) {
                throw new IOException("%s has layout %d, expected %d; it was written by a later version of the registry"
                        .formatted(database, version, VERSION));
            }
        } catch (SQLException failed) {
            throw new IOException(
                    "%s is no journal that can be opened (%s)".formatted(database, failed.getMessage()), failed);
        }
    }

    private static int version(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1);
        }
    }

    /** One transaction: a start that is cut short leaves a new file, not half a journal. */
    private static void write(Connection connection) throws SQLException, IOException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            for (var sql : schema().split(";", -1)) {
                if (!sql.isBlank()) statement.executeUpdate(sql);
            }
            statement.executeUpdate("PRAGMA user_version = " + VERSION);
        }
        connection.commit();
    }

    private static String schema() throws IOException {
        try (var in = SqliteSchema.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (in == null) throw new IOException("the program lacks its " + RESOURCE);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private SqliteSchema() {}
}
