package parley.peer.terminal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import parley.peer.command.Commands;
import parley.peer.command.Input;

/** All of a terminal: what is drawn on it, and what is typed. */
public final class PeerTerminal implements AutoCloseable {
    private final Terminal terminal;
    private final Attributes before;
    private final Typing typing;
    private final TerminalScreen screen;
    private final Ink ink;

    private PeerTerminal(Terminal terminal, Typing typing, TerminalScreen screen, Ink ink) {
        this.terminal = terminal;
        // For good, and not only while a line is read: what is typed between two lines, such as a password that
        // comes sooner than its prompt, would be echoed.
        this.before = terminal.enterRawMode();
        this.typing = typing;
        this.screen = screen;
        this.ink = ink;
    }

    /** The terminal that the program was started on. */
    public static Terminal system() throws IOException {
        try {
            // Asked for by name, or JLine tries them all: linking foreign functions takes 300 ms of each start,
            // starting a process to ask 70.
            return builder().system(true).provider("jni").dumb(false).build();
        } catch (IOException | IllegalStateException | LinkageError noNativeLibrary) {
            return builder().system(true).dumb(true).build();
        }
    }

    /** What all our terminals have in common. */
    public static TerminalBuilder builder() {
        return TerminalBuilder.builder()
                // Asking the terminal what it makes of emoji costs a start the time of its answer.
                .graphemeCluster(false)
                .nativeSignals(true)
                // Before the first line Ctrl-C does nothing; from then on it is the keyboard's.
                .signalHandler(Terminal.SignalHandler.SIG_IGN);
    }

    /**
     * @param screen a dark one; from now on it draws
     * @param history where typed lines are kept
     * @param home what {@code ~} stands for
     */
    public static PeerTerminal on(
            Terminal terminal, TerminalScreen screen, Path history, Path home, Map<String, String> environment) {
        var typing = new Typing(terminal);
        var met = new Acquaintances();
        typing.setHistory(Recall.from(history));
        typing.setCompleter(Suggestions.of(met, home));
        var ink = Ink.of(environment, terminal.getType());
        var peer = new PeerTerminal(terminal, typing, screen, ink);
        screen.light(new AboveTheLine(typing, ink, met));
        return peer;
    }

    /** Lines of the program itself. */
    public void warn(List<String> lines) {
        lines.forEach(line -> typing.printAbove(ink.warning(line)));
    }

    /** What reads the lines that are typed on it. */
    public Keyboard keyboard(Commands commands, Consumer<Input> session) {
        var keyboard = new Keyboard(typing, commands, screen, session);
        terminal.handle(Terminal.Signal.INT, signal -> keyboard.interrupt());
        return keyboard;
    }

    /** Gives the terminal back as it was. */
    @Override
    public void close() throws IOException {
        screen.stop();
        terminal.setAttributes(before);
        terminal.close();
    }
}
