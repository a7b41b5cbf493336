package parley.registry.user;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.name.UserName;
import parley.registry.journal.Rows;
import parley.registry.journal.Shelf;

/**
 * The one-time pairs of all accounts, on the {@link Shelf}. Each step is one transaction, so a pair is gone from the
 * disk before anybody is given it.
 *
 * <pre>
 *   brought --its id was seen--&gt; passed over
 *           --there are enough--&gt; left to come again
 *           --&gt; kept --taken--&gt; gone for ever
 *                    --another identity brings pairs--&gt; gone, with the ids that were seen
 * </pre>
 */
final class PairStock {
    sealed interface Taking {}

    /** @param left of them after this one */
    record Taken(OneTimePrekeys pair, int left) implements Taking {}

    record NoneLeft() implements Taking {}

    /** @param pause until this asker may have another one */
    record TooOften(Duration pause) implements Taking {}

    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    private final Shelf shelf;
    private final Clock clock;

    PairStock(Shelf shelf, Clock clock) {
        this.shelf = shelf;
        this.clock = clock;
    }

    /** @return how many are left */
    CompletionStage<Integer> add(UserName account, IdentityKey identity, List<OneTimePrekeys> pairs) {
        return shelf.carryOut(pairs.size() * OneTimePrekeys.BYTES, rows -> {
            belongTo(rows, account, identity);
            var seen = rows.first("SELECT seen FROM pair_owner WHERE account = ?", r -> r.getString(1), account.text())
                    .map(SeenIds::parse)
                    .orElseGet(SeenIds::new);
            int left = left(rows, account);
            for (var pair : pairs) {
                if (left == ModernUser.PAIRS_MAX) break;
                if (!seen.add(pair.id())) continue;
                rows.change("INSERT INTO pair VALUES (?, ?, ?)", account.text(), pair.id(), pair.encode());
                left++;
            }
            rows.change("UPDATE pair_owner SET seen = ? WHERE account = ?", seen.toString(), account.text());
            return left;
        });
    }

    /** The oldest, by its id, unless {@code asker} had too many. Pairs of an identity before are none. */
    CompletionStage<Taking> take(UserName account, IdentityKey identity, UserName asker) {
        return shelf.carryOut(rows -> {
            long now = clock.millis();
            // What lies far ahead was written before the clock was set back, and would never end.
            rows.change(
                    "DELETE FROM pair_taken WHERE account = ? AND (time_millis <= ? OR time_millis >= ?)",
                    account.text(),
                    now - HOUR_MILLIS,
                    now + HOUR_MILLIS);
            var times = rows.all(
                    "SELECT time_millis FROM pair_taken WHERE account = ? AND asker = ? ORDER BY time_millis",
                    row -> row.getLong(1),
                    account.text(),
                    asker.text());
            if (times.size() >= ModernUser.PAIRS_AN_HOUR_MAX) return new TooOften(pause(times.getFirst(), now));
            var pair = oldest(rows, account, identity);
            if (pair.isEmpty()) return new NoneLeft();
            rows.change(
                    "DELETE FROM pair WHERE account = ? AND id = ?",
                    account.text(),
                    pair.get().id());
            rows.change("INSERT INTO pair_taken VALUES (?, ?, ?)", account.text(), asker.text(), now);
            return new Taken(pair.get(), left(rows, account));
        });
    }

    CompletionStage<Integer> left(UserName account, IdentityKey identity) {
        return shelf.carryOut(rows -> isOwner(rows, account, identity) ? left(rows, account) : 0);
    }

    /** Of an account whose identity has ended. */
    void clear(UserName account) {
        shelf.carryOut(rows -> rows.change("DELETE FROM pair WHERE account = ?", account.text()));
    }

    private static int left(Rows rows, UserName account) throws SQLException {
        return (int) rows.number("SELECT count(*) FROM pair WHERE account = ?", account.text());
    }

    private static Optional<OneTimePrekeys> oldest(Rows rows, UserName account, IdentityKey identity)
            throws SQLException {
        if (!isOwner(rows, account, identity)) return Optional.empty();
        return rows.first(
                        "SELECT bytes FROM pair WHERE account = ? ORDER BY id LIMIT 1",
                        row -> Rows.bytes(row, 1),
                        account.text())
                .map(OneTimePrekeys::decode);
    }

    private static boolean isOwner(Rows rows, UserName account, IdentityKey identity) throws SQLException {
        return rows.first(
                        "SELECT identity FROM pair_owner WHERE account = ?", row -> Rows.bytes(row, 1), account.text())
                .filter(identity.bytes()::equals)
                .isPresent();
    }

    private static void belongTo(Rows rows, UserName account, IdentityKey identity) throws SQLException {
        if (isOwner(rows, account, identity)) return;
        rows.change("DELETE FROM pair WHERE account = ?", account.text());
        rows.change(
                "INSERT INTO pair_owner VALUES (?, ?, '') ON CONFLICT DO UPDATE SET identity = excluded.identity, seen = ''",
                account.text(),
                identity.bytes());
    }

    private static Duration pause(long first, long now) {
        long millis = Math.max(1, first + HOUR_MILLIS - now);
        return Duration.ofSeconds((millis + 999) / 1_000);
    }
}
