package parley.registry.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@link Shelf.Work} sees: one transaction. It belongs to the shelf's thread and must not be kept. */
public final class Rows {
    /** Makes a value of the present row; columns are counted from 1. */
    @FunctionalInterface
    public interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private static final Logger log = LoggerFactory.getLogger(Rows.class);

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Rows(Connection connection) {
        this.connection = connection;
    }

    /**
     * @param sql one of a few constants: each is prepared once and kept
     * @param values strings, numbers and {@link ByteString}s, in the order of the question marks
     * @return how many rows have changed
     */
    public int change(String sql, Object... values) throws SQLException {
        return bound(sql, values).executeUpdate();
    }

    /** As {@link #change}; the rows that {@code sql} finds, in its order. */
    public <T> List<T> all(String sql, Reading<T> reading, Object... values) throws SQLException {
        var found = new ArrayList<T>();
        try (var rows = bound(sql, values).executeQuery()) {
            while (rows.next()) found.add(reading.of(rows));
        }
        return found;
    }

    public <T> Optional<T> first(String sql, Reading<T> reading, Object... values) throws SQLException {
        return all(sql, reading, values).stream().findFirst();
    }

    /** Of a question whose answer is one number. */
    public long number(String sql, Object... values) throws SQLException {
        return first(sql, row -> row.getLong(1), values).orElse(0L);
    }

    public static ByteString bytes(ResultSet row, int column) throws SQLException {
        return ByteString.fromArrayUnsafe(row.getBytes(column));
    }

    /** After a failure: a statement that was cut short is of no use any more, and would fail whatever follows. */
    void forgetStatements() {
        for (var statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException broken) {
                log.debug("a statement that failed could not be closed: {}", broken.getMessage());
            }
        }
        prepared.clear();
    }

    private PreparedStatement bound(String sql, Object[] values) throws SQLException {
        var statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof ByteString bytes) statement.setBytes(i + 1, bytes.toArrayUnsafe());
            else statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
