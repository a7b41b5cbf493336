package parley.peer.store;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** What a query may look at, as of the last commit. */
public interface Tables {
    /** Prints without its value. */
    record Row(ByteString key, ByteString value) {
        @Override
        public String toString() {
            return "redacted";
        }
    }

    Optional<ByteString> get(String table, ByteString key);

    /** All of a table, in no order. */
    List<Row> list(String table);
}
