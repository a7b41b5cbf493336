package parley.peer.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jline.utils.ScreenTerminal;
import org.jspecify.annotations.Nullable;
import parley.messages.name.UserName;
import parley.peer.command.Commands;
import parley.peer.command.Input;
import parley.peer.talk.Answer;
import parley.peer.talk.Happening;
import parley.peer.talk.Party;

/** Somebody at a terminal that exists in memory only: types, and sees what it would show. */
final class Desk implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    static final int COLUMNS = 80;
    static final int ROWS = 30;

    private final ScreenTerminal.VirtualTerminal terminal;
    private final TerminalScreen screen = TerminalScreen.dark();
    private final PeerTerminal peer;
    private final Thread typing;
    private final BlockingQueue<Input> asked = new LinkedBlockingQueue<>();

    Desk(Path folder) throws Exception {
        this(folder, "xterm-256color", Map.of());
    }

    Desk(Path folder, String type, Map<String, String> environment) throws Exception {
        terminal = ScreenTerminal.withTerminal("desk", type, COLUMNS, ROWS);
        peer = PeerTerminal.on(terminal.terminal(), screen, folder.resolve("history"), folder, environment);
        var keyboard = peer.keyboard(Commands.at(folder), asked::add);
        typing = Thread.ofPlatform().daemon().start(keyboard);
        sees("parley>");
    }

    void type(String keys) throws Exception {
        terminal.terminal().processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
    }

    @Nullable
    Input asked() throws InterruptedException {
        return asked.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    void show(Happening happening) {
        assertThat(screen.show(happening)).succeedsWithin(PATIENCE);
    }

    void text(String from, String text) {
        show(new Happening.TextCame(new Party.User(new UserName(from)), text));
    }

    void signIn(String name) {
        show(new Happening.Done("signin", new Answer.SignedIn(new UserName(name))));
    }

    List<String> lines() {
        return terminal.screen().toString().lines().map(String::stripTrailing).toList();
    }

    String dump() {
        return terminal.screen().dump();
    }

    /** The last line that is not empty: the prompt and what is typed behind it. */
    String typed() {
        return lines().stream().filter(line -> !line.isEmpty()).reduce("", (before, line) -> line);
    }

    void sees(String text) throws InterruptedException {
        awaits(lines -> lines.stream().anyMatch(line -> line.contains(text)), text);
    }

    void awaits(Predicate<List<String>> shown, String what) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!shown.test(lines())) {
            assertThat(System.nanoTime())
                    .as("%s in %s", what, String.join("\n", lines()))
                    .isLessThan(end);
            terminal.screen().waitDirty(10);
        }
    }

    boolean left() throws InterruptedException {
        return typing.join(Duration.ofSeconds(5));
    }

    @Override
    public void close() throws IOException {
        peer.close();
        typing.interrupt();
    }
}
