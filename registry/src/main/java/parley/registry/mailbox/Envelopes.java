package parley.registry.mailbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;
import parley.messages.name.UserName;
import parley.registry.journal.Rows;
import parley.registry.journal.Shelf;

/** The envelopes of all mailboxes, on the {@link Shelf}: each is one row, written and deleted as a whole. */
public final class Envelopes {
    private final Shelf shelf;

    public Envelopes(Shelf shelf) {
        this.shelf = shelf;
    }

    /** How many are there for {@code mailbox}. */
    public CompletionStage<Integer> waiting(UserName mailbox) {
        return shelf.carryOut(
                rows -> (int) rows.number("SELECT count(*) FROM envelope WHERE mailbox = ?", mailbox.text()));
    }

    /** By their serials, without the bytes. */
    CompletionStage<Map<Long, Contents.Entry>> entries(UserName mailbox) {
        return shelf.carryOut(rows -> {
            var entries = new LinkedHashMap<Long, Contents.Entry>();
            rows.all(
                    "SELECT serial, sender, time_millis, length(bytes) FROM envelope WHERE mailbox = ? ORDER BY serial",
                    row -> entries.put(
                            row.getLong(1),
                            new Contents.Entry(new UserName(row.getString(2)), row.getLong(3), row.getInt(4))),
                    mailbox.text());
            return entries;
        });
    }

    /** @return its serial, above all before in this mailbox, also above those of envelopes that are gone */
    CompletionStage<Long> put(UserName mailbox, Contents.Entry entry, ByteString bytes) {
        return shelf.carryOut(bytes.size(), rows -> {
            long serial = rows.number(
                    "INSERT INTO mailbox VALUES (?, 1)"
                            + " ON CONFLICT DO UPDATE SET last_serial = last_serial + 1 RETURNING last_serial",
                    mailbox.text());
            rows.change(
                    "INSERT INTO envelope VALUES (?, ?, ?, ?, ?)",
                    mailbox.text(),
                    serial,
                    entry.from().text(),
                    entry.timeMillis(),
                    bytes);
            return serial;
        });
    }

    CompletionStage<Optional<ByteString>> bytes(UserName mailbox, long serial) {
        return shelf.carryOut(rows -> rows.first(
                "SELECT bytes FROM envelope WHERE mailbox = ? AND serial = ?",
                row -> Rows.bytes(row, 1),
                mailbox.text(),
                serial));
    }

    /** All of them or none; those that are not there are passed over. */
    CompletionStage<Integer> delete(UserName mailbox, List<Long> serials) {
        return shelf.carryOut(rows -> {
            int gone = 0;
            for (long serial : serials)
                gone += rows.change("DELETE FROM envelope WHERE mailbox = ? AND serial = ?", mailbox.text(), serial);
            return gone;
        });
    }

    /** In all mailboxes, also those that nobody has asked for since. */
    CompletionStage<Integer> deleteOlderThan(long timeMillis) {
        return shelf.carryOut(rows -> rows.change("DELETE FROM envelope WHERE time_millis < ?", timeMillis));
    }
}
