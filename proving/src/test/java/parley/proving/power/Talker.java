package parley.proving.power;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.proving.process.Running.event;
import static parley.proving.process.Running.with;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import parley.proving.process.Launch;
import parley.proving.process.Running;

/** Somebody who writes numbered texts to one other, and reads theirs; remembers what was promised and what was shown. */
final class Talker implements AutoCloseable {
    static final String PASSWORD = Conversation.PASSWORD;
    static final Duration SOON = Duration.ofSeconds(60);

    /** A test that waits for what comes back by itself does not wait as long as a person would. */
    private static final String IMPATIENT = """
            parley.peer.store { retry-min = 200 ms, retry-max = 400 ms }
            parley.peer.modern.delivery { retry-min = 100 ms, retry-max = 400 ms }
            """ + Conversation.PATIENT;

    /** Longer than a page of the vault now and then. */
    private static final int FILLING_MAX = 6_000;

    final String name;
    final String other;
    final Room room;
    private final Launch launch;
    private Running running;
    private int written;
    private String cursor = "0";

    final List<String> acknowledged = new ArrayList<>();
    final Set<String> refused = new HashSet<>();
    final List<String> ids = new ArrayList<>();
    final List<String> shown = new ArrayList<>();

    static Talker newcomer(String name, String other, String registry, Path home, Room room) throws Exception {
        var talker = new Talker(name, other, registry, home, room);
        talker.running.run("signup %s %s".formatted(name, PASSWORD));
        talker.running.run("signin %s %s".formatted(name, PASSWORD));
        return talker;
    }

    private Talker(String name, String other, String registry, Path home, Room room) throws Exception {
        this.name = name;
        this.other = other;
        this.room = room;
        this.launch = Launch.modern(registry, home)
                .under(room.variables())
                .shortLived()
                .configured(IMPATIENT);
        this.running = Running.ready(launch);
    }

    Running running() {
        return running;
    }

    /** What is said of it: kept, or why not. */
    JsonNode write() throws IOException, InterruptedException {
        var text = "%d %s".formatted(written, ".".repeat(written * 1_117 % FILLING_MAX));
        var number = Integer.toString(written++);
        var answer = running.attempt("send %s %s".formatted(other, text));
        if (event("ok").test(answer)) {
            acknowledged.add(number);
            ids.add(answer.path("id").asText());
        } else {
            refused.add(number);
            assertThat(answer.path("message").asText()).as("why it was refused").contains("disk");
        }
        return answer;
    }

    /** Until all that {@code writer} was promised is here. */
    void awaitAllOf(Talker writer, String when) throws InterruptedException {
        take();
        while (!shown.containsAll(writer.acknowledged)) {
            take(running.await(
                    "%d texts of %s, has %s, %s; %s; %s"
                            .formatted(
                                    writer.acknowledged.size(),
                                    writer.name,
                                    shown.isEmpty() ? "none" : "as far as " + shown.getLast(),
                                    when,
                                    running.tail(),
                                    writer.running.tail()),
                    event("message"),
                    SOON));
        }
        take();
        assertThat(shown).as("shown twice, %s", when).doesNotHaveDuplicates();
        assertThat(shown).as("refused and shown, %s", when).noneMatch(writer.refused::contains);
        assertThat(shown.stream().map(Integer::parseInt)).as("order, %s", when).isSorted();
    }

    private void take() {
        running.takeAll(event("message")).forEach(this::take);
    }

    private void take(JsonNode message) {
        cursor = message.path("cursor").asText();
        var number = message.path("text").asText().split(" ", 2)[0];
        if (number.matches("[0-9]+")) shown.add(number);
    }

    /** Ended as hard as it gets, and started again to read on. */
    void killed() throws Exception {
        running.kill();
        take();
        running = Running.ready(launch.with("--since", cursor));
    }

    JsonNode signIn() throws IOException, InterruptedException {
        return running.attempt("signin %s %s".formatted(name, PASSWORD));
    }

    /** Leaves, and is somebody who has read nothing yet. */
    void readsAnew() throws Exception {
        left();
        comesBack();
    }

    void comesBack() throws Exception {
        shown.clear();
        running = Running.ready(launch.with("--since", "0"));
        signedIn();
    }

    void signedIn() throws IOException, InterruptedException {
        running.run("signin %s %s".formatted(name, PASSWORD));
    }

    void left() throws Exception {
        running.run("exit");
        running.awaitExit(SOON);
        take();
    }

    static void acquaint(Talker one, Talker two) throws Exception {
        one.running.run("send %s hello".formatted(two.name));
        two.running.await("the request", event("request").and(with("from", one.name)), SOON);
        two.running.run("accept " + one.name);
        two.running.run("send %s hello yourself".formatted(one.name));
        one.running.await("the answer", event("message").and(with("text", "hello yourself")), SOON);
    }

    @Override
    public void close() {
        running.close();
    }
}
