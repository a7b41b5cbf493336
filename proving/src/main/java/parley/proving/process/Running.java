package parley.proving.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A program that was started, with a hand on its stdin and an eye on what it prints. Closing it ends it. */
public final class Running implements AutoCloseable {
    /** Until {@code ready}. The first start may build the program and its cache. */
    private static final Duration READY_PATIENCE = Duration.ofMinutes(5);

    /** For the answer to one command, on a machine that is busy with twenty others. */
    private static final Duration COMMAND_PATIENCE = Duration.ofMinutes(3);

    /** A killed process is gone at once, unless the kernel has trouble. */
    private static final Duration DEATH_PATIENCE = Duration.ofSeconds(10);

    private static final Set<Running> ALIVE = ConcurrentHashMap.newKeySet();

    static {
        // For the run that is interrupted in the middle: nothing may outlive the tests.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ALIVE.forEach(Running::kill)));
    }

    private final Process process;
    private final String title;
    private final Output output;
    private JsonNode ready = MissingNode.getInstance();

    /** Starts a registry and waits until it accepts connections. */
    public static Running registry(Path data) throws IOException, InterruptedException {
        return ready(Launch.registry(data));
    }

    /** Starts a classic peer and waits until it accepts connections. */
    public static Running peer(String registry, Path home) throws IOException, InterruptedException {
        return ready(Launch.peer(registry, home));
    }

    /** Starts anything that reports {@code ready}, and waits for that. */
    public static Running ready(Launch launch) throws IOException, InterruptedException {
        var running = launch.start();
        try {
            running.ready = running.output.await("ready", event("ready"), READY_PATIENCE);
            return running;
        } catch (IllegalStateException | InterruptedException failed) {
            running.close();
            throw failed;
        }
    }

    static Running watch(Process process, String title, boolean json) {
        var running = new Running(process, title, new Output(json));
        ALIVE.add(running);
        running.follow("out", process.getInputStream(), running.output::printed, running.output::end);
        running.follow("err", process.getErrorStream(), running.output::complained, () -> {});
        return running;
    }

    private Running(Process process, String title, Output output) {
        this.process = process;
        this.title = title;
        this.output = output;
    }

    /** {@code IP:PORT}, as it was in {@code ready}: a registry's classic gate, a classic peer's listener. */
    public String address() {
        return ready.path(ready.has("classic") ? "classic" : "listen").asText();
    }

    /** {@code IP:PORT#FINGERPRINT} of a registry's modern gate. */
    public String modernAddress() {
        return ready.path("listen").asText() + "#" + ready.path("fingerprint").asText();
    }

    public long pid() {
        return process.pid();
    }

    /** Sends a line to its stdin and waits for nothing. */
    public void type(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** The end of a pipe, Ctrl-D on a terminal. */
    public void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Types a command and takes its one final event, {@code ok} or {@code error}. */
    public JsonNode attempt(String command) throws IOException, InterruptedException {
        type(command);
        var verb = command.strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
        return await(
                "answer to '" + command + "'",
                event("ok").or(event("error")).and(with("command", verb)),
                COMMAND_PATIENCE);
    }

    /** The same for a command that has to succeed. */
    public JsonNode run(String command) throws IOException, InterruptedException {
        var answer = attempt(command);
        if (event("ok").test(answer)) return answer;
        throw new IllegalStateException(
                "%s answered '%s' with %s. It last printed:%n%s".formatted(title, command, answer, output.tail()));
    }

    /** Takes the first event that {@code wanted} accepts, of those printed and those to come. */
    public JsonNode await(String what, Predicate<JsonNode> wanted, Duration patience) throws InterruptedException {
        return output.await(what, wanted, patience);
    }

    /** Takes every event so far that {@code wanted} accepts. */
    public List<JsonNode> takeAll(Predicate<JsonNode> wanted) {
        return output.takeAll(wanted);
    }

    /** Events of this kind. */
    public static Predicate<JsonNode> event(String kind) {
        return with("event", kind);
    }

    /** Events whose {@code field} is the text {@code value}. */
    public static Predicate<JsonNode> with(String field, String value) {
        return event -> value.equals(event.path(field).textValue());
    }

    /** {@code kill -9}. Returns when it is dead. */
    public void kill() {
        var family = new ArrayList<>(List.of(process.toHandle()));
        process.descendants().forEach(family::add);
        family.forEach(ProcessHandle::destroyForcibly);
        var deaths = family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(deaths)
                .orTimeout(DEATH_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        ALIVE.remove(this);
    }

    /** {@code kill -9}, after which all that it had printed can be taken; a line that it was printing is none. */
    public void killAndHear() throws InterruptedException {
        kill();
        if (!output.ends(DEATH_PATIENCE)) throw new IllegalStateException("%s is dead and prints".formatted(title));
    }

    /** {@code SIGTERM}, as a service manager sends it. */
    public void terminate() {
        process.destroy();
    }

    /** Waits for the program to end by itself; everything that it printed can be taken afterwards. */
    public int awaitExit(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS) || !output.waitForEnd(DEATH_PATIENCE))
            throw new IllegalStateException("%s still runs after %d ms. It last printed:%n%s"
                    .formatted(title, patience.toMillis(), output.tail()));
        return process.exitValue();
    }

    /** Lets it run for a while, unless it ends by itself. */
    public void runFor(Duration time) throws InterruptedException {
        if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS))
            throw new IllegalStateException("%s ended by itself. It last printed:%n%s".formatted(title, output.tail()));
    }

    /** The last lines of its stdout and stderr. */
    public String tail() {
        return output.tail();
    }

    @Override
    public void close() {
        kill();
    }

    private void follow(String name, InputStream stream, Consumer<String> line, Runnable atEnd) {
        var reader = new Thread(
                () -> {
                    try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                        for (var next = lines.readLine(); next != null; next = lines.readLine()) line.accept(next);
                    } catch (IOException killed) {
                        line.accept("(%s ends: %s)".formatted(name, killed.getMessage()));
                    } finally {
                        atEnd.run();
                    }
                },
                "parley-" + process.pid() + "-" + name);
        reader.setDaemon(true);
        reader.start();
    }
}
