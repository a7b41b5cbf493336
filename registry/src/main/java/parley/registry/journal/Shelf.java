package parley.registry.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is put down by one and fetched by another, once: envelopes, one-time pairs, invitations. Rows in a SQLite file of
 * its own rather than events in the journal (docs/adr/0011), because their end is to be deleted and because all of them
 * together are too much to hold in memory.
 *
 * <pre>
 *   work --too much waits--&gt; refused
 *        --waits--&gt; in a group --committed, synced--&gt; answered
 *                              --failed--&gt; alone --committed, synced--&gt; answered
 *                                                --failed, rolled back--&gt; refused
 * </pre>
 *
 * One thread of its own carries out all work in the order in which it came. While one group is being synced the next
 * gathers, so that a thousand deposits cost a few syncs. Nothing is answered before it is on disk.
 */
public final class Shelf implements AutoCloseable {
    /** One step, all or nothing. It may be carried out twice: only its last outcome counts. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Rows rows) throws SQLException;
    }

    /** Too much is waiting; not an error of the disk, and worth trying again. */
    public static final class Busy extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Busy() {
            super("More is waiting to be written than the registry keeps in memory");
        }
    }

    /** Of all work that waits: what senders put down faster than the disk takes it must not fill the memory. */
    private static final long WAITING_BYTES_MAX = 64L * 1024 * 1024;

    /** What a piece of work weighs beside the bytes that it carries. */
    private static final int WORK_BYTES = 512;

    /** Work in one transaction: enough to make the sync cheap, few enough that nobody waits long for the others. */
    private static final int GROUP_MAX = 512;

    private static final int BUSY_TIMEOUT_MILLIS = 5_000;

    private static final Logger log = LoggerFactory.getLogger(Shelf.class);

    private record Waiting<T>(Work<T> work, long bytes, CompletableFuture<T> answer) {}

    /** What one of a group came to; it is told when the whole group is on disk. */
    private record Outcome<T>(CompletableFuture<T> answer, T value) {
        void tell() {
            answer.complete(value);
        }
    }

    private final Connection connection;
    private final Rows rows;
    private final ExecutorService thread;
    private final Queue<Waiting<?>> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean failing;
    private boolean closed;

    /** Opens or makes the shelf; more than one process may have it open. */
    static Shelf open(Path database) throws IOException {
        var connection = ShelfSchema.open(database, BUSY_TIMEOUT_MILLIS);
        return new Shelf(connection);
    }

    private Shelf(Connection connection) {
        this.connection = connection;
        this.rows = new Rows(connection);
        this.thread = Executors.newSingleThreadExecutor(work -> {
            var thread = new Thread(work, "shelf");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Completed on the shelf's thread, when the change is on disk; never blocks. */
    public <T> CompletionStage<T> carryOut(Work<T> work) {
        return carryOut(0, work);
    }

    /** @param bytes that the work carries and that count while it waits */
    public <T> CompletionStage<T> carryOut(int bytes, Work<T> work) {
        var answer = new CompletableFuture<T>();
        long weight = (long) WORK_BYTES + bytes;
        synchronized (waiting) {
            if (closed || waitingBytes + weight > WAITING_BYTES_MAX) return CompletableFuture.failedFuture(new Busy());
            waitingBytes += weight;
            waiting.add(new Waiting<>(work, weight, answer));
            // Each piece of work brings one run, which takes whatever has gathered by then.
            thread.execute(this::carryOutGroup);
        }
        return answer;
    }

    /** Whether a registry ever claimed it. */
    boolean isOwned() throws IOException {
        return owner(ByteString.emptyByteString(), false).isPresent();
    }

    /** Claims it for good if nobody has. */
    boolean isOwnedBy(ByteString registry) throws IOException {
        return owner(registry, true).filter(registry::equals).isPresent();
    }

    private Optional<ByteString> owner(ByteString registry, boolean claim) throws IOException {
        synchronized (connection) {
            try {
                if (claim) rows.change("INSERT INTO registry VALUES (1, ?) ON CONFLICT DO NOTHING", registry);
                return rows.first("SELECT id FROM registry", row -> Rows.bytes(row, 1));
            } catch (SQLException failed) {
                throw new IOException("the shelf cannot be written: " + failed.getMessage(), failed);
            }
        }
    }

    private void carryOutGroup() {
        var group = next();
        if (group.isEmpty()) return;
        synchronized (connection) {
            try {
                together(group);
            } catch (SQLException | RuntimeException failed) {
                if (group.size() > 1) log.debug("{} changes failed together: {}", group.size(), failed.toString());
                // One of them may be at fault, or there may be room for some.
                for (var one : group) alone(one);
            }
        }
    }

    private List<Waiting<?>> next() {
        var group = new ArrayList<Waiting<?>>();
        synchronized (waiting) {
            while (group.size() < GROUP_MAX && !waiting.isEmpty()) {
                var one = waiting.remove();
                waitingBytes -= one.bytes();
                group.add(one);
            }
        }
        return group;
    }

    private void together(List<Waiting<?>> group) throws SQLException {
        var outcomes = new ArrayList<Outcome<?>>();
        transaction(() -> {
            for (var one : group) outcomes.add(outcome(one));
        });
        if (failing) log.info("The shelf can be written again");
        failing = false;
        outcomes.forEach(Outcome::tell);
    }

    private <T> Outcome<T> outcome(Waiting<T> one) throws SQLException {
        return new Outcome<>(one.answer(), one.work().on(rows));
    }

    private void alone(Waiting<?> one) {
        try {
            together(List.of(one));
        } catch (SQLException | RuntimeException failed) {
            // A full disk is said once, and not by everybody who finds it full.
            if (!failing) log.warn("The shelf could not be written: {}", failed.toString());
            failing = true;
            one.answer().completeExceptionally(failed);
        }
    }

    private interface Step {
        void run() throws SQLException;
    }

    /** At once for writing: a transaction that only begins as a reader may find its view outdated by an invitation. */
    private void transaction(Step step) throws SQLException {
        rows.change("BEGIN IMMEDIATE");
        boolean committed = false;
        try {
            step.run();
            rows.change("COMMIT");
            committed = true;
        } finally {
            if (!committed) rollBack();
        }
    }

    /** SQLite has rolled back by itself when the disk is full; then there is nothing left to do. */
    private void rollBack() {
        rows.forgetStatements();
        try {
            rows.change("ROLLBACK");
        } catch (SQLException already) {
            log.debug("nothing to roll back: {}", already.getMessage());
        }
    }

    /** What waits is refused; what is being written is written first. */
    @Override
    public void close() throws IOException {
        List<Waiting<?>> refused;
        synchronized (waiting) {
            closed = true;
            refused = List.copyOf(waiting);
            waiting.clear();
        }
        refused.forEach(one -> one.answer().completeExceptionally(new Busy()));
        thread.shutdown();
        synchronized (connection) {
            try {
                connection.close();
            } catch (SQLException failed) {
                throw new IOException("the shelf cannot be closed: " + failed.getMessage(), failed);
            }
        }
    }
}
