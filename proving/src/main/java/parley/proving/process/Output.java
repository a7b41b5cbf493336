package parley.proving.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * What a program has printed. Its threads add, a test's thread awaits.
 *
 * <p>With {@code --json} a line is an event, and one that is no JSON object breaks the promise: every await from then
 * on fails, also that for the end. Without it a line is a text node.
 */
final class Output {
    /** Enough to see a stack trace and what led to it. */
    private static final int TAIL_LINES = 50;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final boolean json;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<JsonNode> untaken = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final Deque<String> tail = new ArrayDeque<>();
    private boolean ended;

    Output(boolean json) {
        this.json = json;
    }

    void printed(String line) {
        locked(() -> {
            remember("out| " + line);
            read(line).ifPresentOrElse(untaken::add, () -> broken.add(line));
        });
    }

    void complained(String line) {
        locked(() -> remember("err| " + line));
    }

    /** Stdout is at its end: what is not there now will never come. */
    void end() {
        locked(() -> ended = true);
    }

    /** Takes the first event that {@code wanted} accepts, waiting for it if need be. */
    JsonNode await(String what, Predicate<JsonNode> wanted, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (var left = patience.toNanos(); ; left = changed.awaitNanos(left)) {
                refuseBroken();
                var found = take(wanted);
                if (found.isPresent()) return found.get();
                if (ended) throw failed("the program ended before " + what);
                if (left <= 0) throw failed("no %s within %d ms".formatted(what, patience.toMillis()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes every event there is now that {@code wanted} accepts. */
    List<JsonNode> takeAll(Predicate<JsonNode> wanted) {
        var all = new ArrayList<JsonNode>();
        locked(() -> {
            for (var found = take(wanted); found.isPresent(); found = take(wanted)) all.add(found.get());
        });
        return all;
    }

    /** The last lines of stdout and stderr, for people. */
    String tail() {
        var lines = new ArrayList<String>();
        locked(() -> lines.addAll(tail));
        return String.join("\n", lines);
    }

    boolean waitForEnd(Duration patience) throws InterruptedException {
        boolean atEnd = ends(patience);
        locked(this::refuseBroken);
        return atEnd;
    }

    /** The same where its last line may be half a one. */
    boolean ends(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = TimeUnit.NANOSECONDS.convert(patience);
            while (!ended && left > 0) left = changed.awaitNanos(left);
            return ended;
        } finally {
            lock.unlock();
        }
    }

    private void refuseBroken() {
        if (!broken.isEmpty()) throw failed("no JSON object on stdout: " + broken.getFirst());
    }

    private Optional<JsonNode> take(Predicate<JsonNode> wanted) {
        for (var each = untaken.iterator(); each.hasNext(); ) {
            var event = each.next();
            if (wanted.test(event)) {
                each.remove();
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }

    private Optional<JsonNode> read(String line) {
        if (!json) return Optional.of(TextNode.valueOf(line));
        try {
            return Optional.of(JSON.readTree(line)).filter(JsonNode::isObject);
        } catch (JsonProcessingException noJson) {
            return Optional.empty();
        }
    }

    private void remember(String line) {
        if (tail.size() == TAIL_LINES) tail.removeFirst();
        tail.addLast(line);
    }

    private IllegalStateException failed(String why) {
        return new IllegalStateException("%s. It last printed:%n%s".formatted(why, tail()));
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
