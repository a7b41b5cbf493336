package parley.proving;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import parley.proving.process.Launch;

/** A real terminal: keys go in, and what a person would see can be read. */
final class Tmux implements AutoCloseable {
    private static final String COLUMNS = "120";
    private static final String ROWS = "40";

    /** More than any test prints, so that the scrollback is the whole story. */
    private static final String SCROLLBACK_LINES = "5000";

    /** Between two looks at the screen; a look costs a process. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final Duration TMUX_PATIENCE = Duration.ofMinutes(1);

    private final Path socket;

    /** Runs {@code launch} in a terminal, which says {@code left with N} when the program has left with exit code N. */
    static Tmux start(Path folder, Launch launch) throws IOException {
        Files.createDirectories(launch.home());
        var script = new StringBuilder();
        launch.environment()
                .forEach((name, value) -> script.append("export ")
                        .append(name)
                        .append('=')
                        .append(quoted(value))
                        .append('\n'));
        script.append("cd ").append(quoted(launch.home().toString())).append('\n');
        launch.command().forEach(word -> script.append(quoted(word)).append(' '));
        script.append("\nprintf 'left with %s\\n' $?\nexec cat\n");
        var file = Files.writeString(Files.createTempFile(folder, "terminal", ".sh"), script);
        var terminal = new Tmux(Files.createTempDirectory(folder, "tmux").resolve("socket"));
        terminal.tmux(
                "-f",
                "/dev/null",
                "start-server",
                ";",
                "set-option",
                "-g",
                "history-limit",
                SCROLLBACK_LINES,
                ";",
                "new-session",
                "-d",
                "-x",
                COLUMNS,
                "-y",
                ROWS,
                "sh " + quoted(file.toString()));
        return terminal;
    }

    private Tmux(Path socket) {
        this.socket = socket;
    }

    /** Types characters as they are. */
    void type(String text) throws IOException {
        tmux("send-keys", "-l", "--", text);
    }

    /** Presses a key by its name: {@code Enter}, {@code Tab}, {@code Up}, {@code C-c}. */
    void press(String key) throws IOException {
        tmux("send-keys", key);
    }

    void enter(String line) throws IOException {
        type(line);
        press("Enter");
    }

    /** Everything that was shown and not erased, long gone lines too; without blank lines at the end. */
    List<String> lines() throws IOException {
        return tmux("capture-pane", "-p", "-J", "-S", "-")
                .stripTrailing()
                .lines()
                .map(String::stripTrailing)
                .toList();
    }

    /** The line with the cursor, or the last one shown. */
    String lastLine() throws IOException {
        var lines = lines();
        return lines.isEmpty() ? "" : lines.getLast();
    }

    /** Waits until the lines shown are as {@code wanted}. */
    List<String> await(String what, Predicate<List<String>> wanted, Duration patience) throws IOException {
        var deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var lines = lines();
            if (wanted.test(lines)) return lines;
            if (System.nanoTime() > deadline)
                throw new AssertionError(
                        "no %s within %d ms on:%n%s".formatted(what, patience.toMillis(), String.join("\n", lines)));
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Waits until {@code text} is shown somewhere. */
    void awaitText(String text, Duration patience) throws IOException {
        await("'" + text + "'", lines -> lines.stream().anyMatch(line -> line.contains(text)), patience);
    }

    /** Waits until what is being typed, or was completed, ends so. */
    void awaitTyped(String text, Duration patience) throws IOException {
        await(
                "line being typed that ends in '" + text + "'",
                lines -> !lines.isEmpty() && lines.getLast().endsWith(text),
                patience);
    }

    private String tmux(String... words) throws IOException {
        var command = new ArrayList<>(List.of("tmux", "-S", socket.toString()));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.onExit()
                .orTimeout(TMUX_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        if (process.exitValue() != 0) throw new IOException("%s: %s".formatted(String.join(" ", command), output));
        return output;
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** Ends what runs in the terminal and the terminal, each by its process id. */
    @Override
    public void close() throws IOException {
        for (var pid :
                tmux("display-message", "-p", "#{pane_pid} #{pid}").strip().split(" ", -1)) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(handle -> {
                handle.descendants().forEach(ProcessHandle::destroyForcibly);
                handle.destroyForcibly();
            });
        }
    }
}
