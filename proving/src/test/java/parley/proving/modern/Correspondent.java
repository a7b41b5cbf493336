package parley.proving.modern;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.proving.process.Running.event;
import static parley.proving.process.Running.with;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import parley.proving.process.Running;

/**
 * Somebody who writes numbered texts to one contact, reads what that one writes, dies and comes back.
 *
 * <pre>
 *   away --start--&gt; starting --signed in--&gt; writing and reading
 *    ^                  |                      |
 *    +------killed------+--------killed--------+
 * </pre>
 *
 * Each life reads on behind the cursor of the last text that was printed, so that the lives together must have been shown
 * everything once and in order; that is checked as it comes.
 */
final class Correspondent {
    private static final String TEXT = "text ";
    private static final int TEXTS_AT_ONCE = 5;

    /**
     * Texts that the other was not shown yet. More than a mailbox takes of one sender, so that it is full at times; without
     * an end there would soon be ten thousand, and every start would be spent on reading them.
     */
    private static final int AHEAD_MAX = 600;

    /** Between two looks at what was printed. */
    private static final Duration LOOK = Duration.ofMillis(20);

    /** For a password to be hashed on a machine on which everybody starts again and again. */
    private static final Duration SIGN_IN_PATIENCE = Duration.ofMinutes(5);

    private final Town town;
    private final String name;
    private final String to;
    private final Deque<Integer> unanswered = new ArrayDeque<>();
    private final BitSet acknowledged = new BitSet();
    private final List<Integer> shown = new ArrayList<>();
    private String cursor = "0";
    private int written;
    private final AtomicInteger read = new AtomicInteger();
    private IntSupplier readByOther = () -> 0;
    private Running running;

    static Correspondent arrive(Town town, String name, String to) throws Exception {
        return new Correspondent(town, name, to, town.newcomer(name));
    }

    private Correspondent(Town town, String name, String to, Running running) {
        this.town = town;
        this.name = name;
        this.to = to;
        this.running = running;
    }

    Running running() {
        return running;
    }

    /** Who reads slowly holds us up. */
    void isReadBy(Correspondent reader) {
        readByOther = reader.read::get;
    }

    /** Starts, and is killed before it has or soon after. */
    void startFor(Duration time) throws Exception {
        start();
        for (long end = in(time); System.nanoTime() < end; ) look();
        die();
    }

    /** Starts, signs in, writes and reads for this long, and is killed. */
    void liveFor(Duration time) throws Exception {
        start();
        awaitSignedIn();
        for (long end = in(time); System.nanoTime() < end; ) {
            if (unanswered.isEmpty() && written - readByOther.getAsInt() < AHEAD_MAX) write();
            look();
        }
        die();
    }

    /** Starts for good. */
    void comeBack() throws Exception {
        start();
        awaitSignedIn();
    }

    /** What was not answered may be there or not. */
    void die() throws InterruptedException {
        running.killAndHear();
        take();
        unanswered.clear();
    }

    /** Reads until everything is there that {@code writer} was told to be safe. */
    void readAllOf(Correspondent writer, Duration patience) throws Exception {
        long end = in(patience);
        while (!missingOf(writer).isEmpty() && System.nanoTime() < end) look();
        assertThat(missingOf(writer).stream())
                .as("acknowledged to %s and never shown to %s: %s, %s", writer.name, name, tail(), writer.tail())
                .isEmpty();
    }

    /** What a reader of everything is shown must be what the lives were shown, one after the other. */
    void readAgain(Duration patience) throws Exception {
        die();
        try (var reader = town.since(name, "0")) {
            for (int expected : shown) {
                var next = reader.await("'text %d'".formatted(expected), this::isText, patience);
                assertThat(number(next)).as("all of %s's texts again", to).isEqualTo(expected);
            }
        }
    }

    int acknowledged() {
        return acknowledged.cardinality();
    }

    int shown() {
        return shown.size();
    }

    String tail() {
        return running.tail();
    }

    private void start() throws IOException {
        running = town.reader(name, cursor).start();
        running.type("signin %s %s".formatted(name, Town.PASSWORD));
    }

    private void awaitSignedIn() throws InterruptedException {
        var answer = running.await(
                "answer to signin", event("ok").or(event("error")).and(with("command", "signin")), SIGN_IN_PATIENCE);
        assertThat(answer.path("event").asText()).as("%s, %s", answer, tail()).isEqualTo("ok");
    }

    private void write() throws IOException {
        for (int i = 0; i < TEXTS_AT_ONCE; i++) {
            int number = written++;
            unanswered.add(number);
            running.type("send %s %s%d".formatted(to, TEXT, number));
        }
    }

    private void look() throws InterruptedException {
        running.runFor(LOOK);
        take();
    }

    /** Texts to one contact are answered in the order in which they were typed. */
    private void take() {
        for (var answer : running.takeAll(event("ok").or(event("error")).and(with("command", "send")))) {
            int number = unanswered.remove();
            if (event("ok").test(answer)) acknowledged.set(number);
        }
        for (var message : running.takeAll(this::isText)) {
            assertThat(number(message))
                    .as("shown to %s: twice, or out of order; %s", name, tail())
                    .isGreaterThan(shown.isEmpty() ? -1 : shown.getLast());
            shown.add(number(message));
            read.set(number(message));
            cursor = message.path("cursor").asText();
        }
        // Of no interest, and a long life has many.
        running.takeAll(event("sent").or(event("delivered")).or(event("read")));
    }

    private BitSet missingOf(Correspondent writer) {
        var missing = (BitSet) writer.acknowledged.clone();
        shown.forEach(missing::clear);
        return missing;
    }

    private boolean isText(JsonNode event) {
        return event("message").and(with("from", to)).test(event)
                && event.path("text").asText().startsWith(TEXT);
    }

    private static int number(JsonNode message) {
        return Integer.parseInt(message.path("text").asText().substring(TEXT.length()));
    }

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }
}
