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
import org.jspecify.annotations.Nullable;
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
    private static final String LOOPBACK = "127.0.0.1:0";

    private final Path folder;
    private final Deque<DemoProcess> processes = new ArrayDeque<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Thread onInterrupt = new Thread(this::clear, "clear");
    private final Path launcher;
    private String registry = "";
    private @Nullable DemoProcess echo;

    private DemoStage(Path folder, Path launcher) {
        this.folder = folder;
        this.launcher = launcher;
    }

    /** @param launcher the program that starts this program */
    static DemoStage set(Path launcher) throws IOException, InterruptedException {
        var stage = new DemoStage(Files.createTempDirectory("parley-demo"), launcher);
        Runtime.getRuntime().addShutdownHook(stage.onInterrupt);
        try {
            stage.start();
            return stage;
        } catch (IOException | InterruptedException | RuntimeException failed) {
            stage.close();
            throw failed;
        }
    }

    Path folder() {
        return folder;
    }

    /** Where the registry is, HOST:PORT#FINGERPRINT. */
    String registry() {
        return registry;
    }

    private void start() throws IOException, InterruptedException {
        // The user's own settings have no say here.
        var conf = Files.createFile(folder.resolve("none.conf")).toString();
        var first = start(List.of(
                "registry",
                "--json",
                "--conf",
                conf,
                "--data",
                in("registry"),
                "--listen",
                LOOPBACK,
                "--classic-listen",
                LOOPBACK,
                "--until-eof"));
        var ready = first.await("ready", START_MAX);
        registry = ready.get("listen") + "#" + ready.get("fingerprint");
        wake("signup");
    }

    /** Echo ends, as if its machine was switched off. */
    void sleep() {
        if (echo != null) echo.close();
    }

    /** Echo is there again, and answers what came meanwhile. */
    void wake() throws IOException, InterruptedException {
        wake("");
    }

    /** @param first what echo does before it signs in, empty for nothing */
    private void wake(String first) throws IOException, InterruptedException {
        var woken = start(List.of(
                "peer",
                "--json",
                "--conf",
                in("none.conf"),
                "--registry",
                registry,
                "--listen",
                LOOPBACK,
                "--data",
                in(ECHO)));
        woken.await("ready", START_MAX);
        for (var verb : List.of(first, "signin")) {
            if (verb.isEmpty()) continue;
            woken.command("%s %s %s".formatted(verb, ECHO, DemoCommand.PASSWORD.text()));
            woken.await("ok", ANSWER_MAX);
        }
        woken.onEvent(event -> answer(event).ifPresent(woken::command));
        echo = woken;
    }

    private DemoProcess start(List<String> arguments) throws IOException {
        var process = DemoProcess.start(launcher, arguments, folder.resolve(arguments.getFirst() + ".log"));
        processes.push(process);
        return process;
    }

    private String in(String name) {
        return folder.resolve(name).toString();
    }

    /** What echo says to an event: it accepts whoever writes to it, and a text goes back where it came from. */
    static Optional<String> answer(Map<String, String> event) {
        var from = event.getOrDefault("from", "");
        return switch (event.getOrDefault("event", "")) {
            case "request" -> Optional.of("accept " + from);
            case "message" ->
                Optional.of("send -- %s -- %s"
                        .formatted(from, event.getOrDefault("text", "").replaceAll("\\R", " ")));
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
