package parley.registry.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShelfTest {
    @TempDir
    Path folder;

    private Shelf shelf;

    @BeforeEach
    void open() throws IOException {
        shelf = JournalFolder.shelfBeside(folder);
    }

    @AfterEach
    void close() throws IOException {
        shelf.close();
    }

    @Test
    void workIsDoneInItsOrderAndSeesWhatWasDoneBefore() {
        var counts = IntStream.range(0, 1_000)
                .mapToObj(i -> shelf.carryOut(rows -> {
                    put(rows, "m" + i);
                    return rows.number("SELECT count(*) FROM mailbox");
                }))
                .toList();
        for (int i = 0; i < 1_000; i++) assertThat(done(counts.get(i))).isEqualTo(i + 1);
    }

    @Test
    void oneThatFailsTakesNoneOfItsGroupWithIt() {
        var held = hold();
        var before = shelf.carryOut(rows -> put(rows, "before"));
        var failing = shelf.<Integer>carryOut(rows -> {
            put(rows, "half");
            throw new SQLException("full");
        });
        var after = shelf.carryOut(rows -> put(rows, "after"));
        held.countDown();
        assertThat(done(before)).isEqualTo(1);
        assertThat(done(after)).isEqualTo(1);
        assertThat(failing)
                .failsWithin(Duration.ofSeconds(30))
                .withThrowableThat()
                .withMessageContaining("full");
        assertThat(names()).containsExactly("after", "before");
    }

    @Test
    void nothingIsAnsweredBeforeItsGroupIsOnDisk() throws Exception {
        var seen = new ArrayList<Boolean>();
        var held = hold();
        var first = shelf.carryOut(rows -> put(rows, "first"));
        shelf.carryOut(rows -> seen.add(first.toCompletableFuture().isDone()));
        held.countDown();
        done(first);
        done(shelf.carryOut(rows -> 0));
        assertThat(seen).containsExactly(false);
    }

    /** 2 is what SQLite calls FULL: a commit returns when it is on disk. */
    @Test
    void everyCommitIsSynced() {
        long synchronous = done(shelf.carryOut(rows -> rows.number("PRAGMA synchronous")));
        assertThat(synchronous).isEqualTo(2);
        var mode = done(shelf.carryOut(rows -> rows.first("PRAGMA journal_mode", row -> row.getString(1))));
        assertThat(mode).contains("wal");
    }

    @Test
    void whatIsMoreThanTheMemoryMayHoldIsRefusedAtOnce() {
        var held = hold();
        var answers = IntStream.range(0, 65)
                .mapToObj(i -> shelf.carryOut(1024 * 1024, rows -> put(rows, "m" + i)))
                .toList();
        assertThat(answers.getLast()).isCompletedExceptionally();
        held.countDown();
        for (var answer : answers.subList(0, 63)) assertThat(done(answer)).isEqualTo(1);
        int later = done(shelf.carryOut(1024 * 1024, rows -> put(rows, "later")));
        assertThat(later).isEqualTo(1);
    }

    @Test
    void aClosedShelfRefuses() throws Exception {
        shelf.close();
        assertThat(shelf.carryOut(rows -> put(rows, "late"))).isCompletedExceptionally();
    }

    @Test
    void twoProcessesWriteWithoutLosingAnything() throws Exception {
        try (var other = JournalFolder.shelfBeside(folder)) {
            var ours = IntStream.range(0, 200)
                    .mapToObj(i -> shelf.carryOut(rows -> put(rows, "ours" + i)))
                    .toList();
            var theirs = IntStream.range(0, 200)
                    .mapToObj(i -> other.carryOut(rows -> put(rows, "theirs" + i)))
                    .toList();
            ours.forEach(ShelfTest::done);
            theirs.forEach(ShelfTest::done);
        }
        assertThat(names()).hasSize(400);
    }

    private CountDownLatch hold() {
        var holding = new CountDownLatch(1);
        var held = new CountDownLatch(1);
        shelf.carryOut(rows -> {
            holding.countDown();
            return awaited(held);
        });
        assertThat(awaited(holding)).isTrue();
        return held;
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException never) {
            throw new AssertionError(never);
        }
    }

    private static int put(Rows rows, String name) throws SQLException {
        return rows.change("INSERT INTO mailbox VALUES (?, 1)", name);
    }

    private List<String> names() {
        return done(
                shelf.carryOut(rows -> rows.all("SELECT name FROM mailbox ORDER BY name", row -> row.getString(1))));
    }

    private static <T> T done(CompletionStage<T> stage) {
        return assertThat(stage).succeedsWithin(Duration.ofSeconds(30)).actual();
    }
}
