package parley.peer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A process of this program that speaks JSON: its events come in, commands go out. It ends when its input does. */
final class DemoProcess implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();

    /** How long it may take to end by itself. */
    private static final Duration ENDING_MAX = Duration.ofSeconds(5);

    private final String name;
    private final Process process;
    private final PrintStream in;
    private final Path log;
    private final BlockingQueue<Map<String, String>> events = new LinkedBlockingQueue<>();
    private volatile Consumer<Map<String, String>> onEvent = events::add;

    private DemoProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.log = log;
    }

    static DemoProcess start(Path launcher, List<String> arguments, Path log) throws IOException {
        var command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        var demo = new DemoProcess(arguments.getFirst(), process, log);
        Thread.ofPlatform().name(demo.name).daemon().start(demo::read);
        return demo;
    }

    private void read() {
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                onEvent.accept(fields(line));
            }
        } catch (IOException ended) {
            // Answered below: whoever waits for an event learns that none will come.
        }
        events.add(Map.of());
    }

    /** The fields of one JSON object that are texts or numbers. */
    static Map<String, String> fields(String line) throws IOException {
        var fields = new HashMap<String, String>();
        try (var json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) return fields;
            for (var token = json.nextToken(); token == JsonToken.FIELD_NAME; token = json.nextToken()) {
                var field = json.currentName();
                if (json.nextToken().isScalarValue()) fields.put(field, json.getText());
                else json.skipChildren();
            }
        }
        return fields;
    }

    /** From now on events are told to {@code listener} only. */
    void onEvent(Consumer<Map<String, String>> listener) {
        onEvent = listener;
    }

    void command(String line) {
        in.println(line);
    }

    /** @throws CannotStart if it ends, fails, or takes too long */
    Map<String, String> await(String event, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            var next = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) throw CannotStart.because("The %s was not ready in time".formatted(name));
            if (next.isEmpty()) throw CannotStart.because("The %s did not start: %s".formatted(name, lastWords()));
            var what = next.getOrDefault("event", "");
            if (what.equals(event)) return next;
            if (what.equals("error")) {
                throw CannotStart.because("The %s said: %s".formatted(name, next.get("message")));
            }
        }
    }

    private String lastWords() {
        try {
            return Files.readString(log).strip().lines().reduce("no reason", (before, line) -> line);
        } catch (IOException unread) {
            return "no reason known";
        }
    }

    @Override
    public void close() {
        in.close();
        try {
            if (process.waitFor(ENDING_MAX.toMillis(), TimeUnit.MILLISECONDS)) return;
            process.destroy();
            if (!process.waitFor(ENDING_MAX.toMillis(), TimeUnit.MILLISECONDS)) process.destroyForcibly();
        } catch (InterruptedException stopped) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
