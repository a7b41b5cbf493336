package parley.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/**
 * What a demo needs besides you: a registry and an echo, each a process of the launcher, in a folder of their own.
 *
 * <p>Both processes end when their standard input does, so that they outlive us by no more than a moment even if we are
 * killed. The folder goes when the stage is closed or the program is interrupted.
 */
final class DemoStage implements AutoCloseable {
    /** The first start of each makes it ready to start quicker. */
    private static final Duration START_MAX = Duration.ofSeconds(90);

    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
    private static final String ECHO = "echo";

    private final Path folder;
    private final Deque<DemoProcess> processes = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread onInterrupt = new Thread(this::clear, "clear");
    private String registry = "";

    private DemoStage(Path folder) {
        this.folder = folder;
    }

    /** @param launcher the program that starts this program */
    static DemoStage set(Path launcher) throws IOException, InterruptedException {
        var stage = new DemoStage(Files.createTempDirectory("parley-demo"));
        Runtime.getRuntime().addShutdownHook(stage.onInterrupt);
        try {
            stage.start(launcher);
            return stage;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            stage.close();
            throw failed;
        }
    }

    Path folder() {
        return folder;
    }

    /** Where the registry is, HOST:PORT. */
    String registry() {
        return registry;
    }

    private void start(Path launcher) throws IOException, InterruptedException {
        // The user's own settings have no say here.
        var conf = Files.createFile(folder.resolve("none.conf")).toString();
        var first = start(
                launcher,
                List.of(
                        "registry",
                        "--json",
                        "--conf",
                        conf,
                        "--data",
                        in("registry"),
                        "--listen",
                        "127.0.0.1:0",
                        "--classic-listen",
                        "127.0.0.1:0",
                        "--until-eof"));
        registry = first.await("ready", START_MAX).getOrDefault("classic", "");
        var echo = start(
                launcher,
                List.of(
                        "peer",
                        "--classic",
                        "--json",
                        "--conf",
                        conf,
                        "--registry",
                        registry,
                        "--listen",
                        "127.0.0.1:0",
                        "--data",
                        in(ECHO),
                        "--downloads",
                        in("echoed")));
        echo.await("ready", START_MAX);
        var password = DemoCommand.PASSWORD.text();
        for (var command : List.of(
                "signup %s %s".formatted(ECHO, password),
                "signin %s %s".formatted(ECHO, password),
                "join " + DemoCommand.GARDEN)) {
            echo.command(command);
            echo.await("ok", ANSWER_MAX);
        }
        echo.onEvent(event -> answer(event).ifPresent(echo::command));
    }

    private DemoProcess start(Path launcher, List<String> arguments) throws IOException {
        var process = DemoProcess.start(launcher, arguments, folder.resolve(arguments.getFirst() + ".log"));
        processes.push(process);
        return process;
    }

    private String in(String name) {
        return folder.resolve(name).toString();
    }

    /** What echo says to an event: a text goes back where it came from, of a file its hash. */
    static Optional<String> answer(Map<String, String> event) {
        var to = event.containsKey("group") ? "group " + event.get("group") : "-- " + event.get("from");
        return switch (event.getOrDefault("event", "")) {
            case "message" ->
                Optional.of("send %s -- %s"
                        .formatted(to, event.getOrDefault("text", "").replaceAll("\\R", " ")));
            case "file" ->
                Optional.of("send %s -- Got %s, %s bytes, sha256 %s"
                        .formatted(to, event.get("name"), event.get("bytes"), event.get("sha256")));
            default -> Optional.empty();
        };
    }

    @Override
    public void close() {
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException alreadyEnding) {
            // Then the hook runs, and finds nothing more to do.
        }
    }

    private void clear() {
        if (!closed.compareAndSet(false, true)) return;
        processes.forEach(DemoProcess::close);
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException | UncheckedIOException left) {
            LoggerFactory.getLogger(DemoStage.class).warn("not all of {} could be removed", folder);
        }
    }
}
