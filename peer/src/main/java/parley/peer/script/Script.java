package parley.peer.script;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import parley.peer.command.Asking;
import parley.peer.command.Commands;
import parley.peer.command.Input;
import parley.peer.talk.Happening;

/**
 * Reads commands until their end and then says Exit.
 *
 * <pre>
 *   reading --end of input, EXIT--&gt; finishing --all ended, 30 s--&gt; sending --all left, 30 s in which nothing did--&gt; Exit
 * </pre>
 *
 * Blocks where input or room is missing, and so has a thread of its own.
 */
public final class Script {
    /** How long what is under way may take, and then what is on its way may stand still, when nothing more comes. */
    static final Duration FINISHING_MAX = Duration.ofSeconds(30);

    private final InputLines lines;
    private final Commands commands;
    private final Tally tally;
    private final Consumer<Input> session;

    private Script(InputLines lines, Commands commands, Tally tally, Consumer<Input> session) {
        this.lines = lines;
        this.commands = commands;
        this.tally = tally;
        this.session = session;
    }

    /** @param tally the screen that the session shows its happenings on */
    public static Script of(InputStream in, Commands commands, Tally tally, Consumer<Input> session) {
        return new Script(InputLines.of(in), commands, tally, session);
    }

    /** Returns when Exit was said. */
    public void run() throws InterruptedException {
        try {
            read();
        } catch (IOException unreadable) {
            tally.show(new Happening.Notice("Input cannot be read any further: " + unreadable.getMessage()));
        }
        if (!tally.allEnded(FINISHING_MAX)) {
            tally.show(
                    new Happening.Notice("Some commands did not end within %d s".formatted(FINISHING_MAX.toSeconds())));
        }
        int left = tally.awaitLeft(FINISHING_MAX);
        if (left > 0) {
            var what = left == 1 ? "1 text or file waits" : left + " texts or files wait";
            tally.show(new Happening.Notice(what + " in the outbox for the next sign-in"));
        }
        session.accept(new Input.Exit());
    }

    private void read() throws IOException, InterruptedException {
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
            var input = switch (line.get()) {
                case InputLines.Text(var text) -> commands.read(text).orElse(null);
                case InputLines.Unreadable(var why) -> new Input.Unreadable("", why);
            };
            if (input instanceof Input.Exit) return;
            if (input == null) continue;
            tally.begin();
            session.accept(withPassword(input));
        }
    }

    /** Nobody is there to be asked. */
    private static Input withPassword(Input input) {
        var asking = input.asking();
        return asking == null ? input : missing(input, asking);
    }

    private static Input missing(Input input, Asking asking) {
        var what = asking.prompts().getFirst().replace(": ", "").toLowerCase(Locale.ROOT);
        return new Input.Unreadable(
                input.verb(), "The %s is missing; without a terminal it cannot be asked for".formatted(what));
    }
}
