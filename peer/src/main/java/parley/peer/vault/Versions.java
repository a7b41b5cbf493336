package parley.peer.vault;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.pekko.util.ByteString;

/**
 * The versions of the rows that were opened or sealed last: what is written again need not be read before. It follows
 * the transaction that is under way, and is empty after one that failed.
 */
final class Versions {
    /** Of a row that is not there. */
    static final long ABSENT = 0;

    /** Rows. What a contact writes over and over, and the marks of some hundred texts that are on their way. */
    private static final int ROWS_MAX = 1024;

    private final Map<ByteBuffer, Long> known = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Long> eldest) {
            return size() > ROWS_MAX;
        }
    };

    /** Of all tables: each names its rows under a key of its own. */
    OptionalLong of(ByteString row) {
        var version = known.get(key(row));
        return version == null ? OptionalLong.empty() : OptionalLong.of(version);
    }

    void are(ByteString row, long version) {
        var key = key(row);
        // Behind all others, so that what is used often stays.
        known.remove(key);
        known.put(key, version);
    }

    void forget() {
        known.clear();
    }

    private static ByteBuffer key(ByteString row) {
        return ByteBuffer.wrap(row.toArrayUnsafe());
    }
}
