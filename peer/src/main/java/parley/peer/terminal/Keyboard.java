package parley.peer.terminal;

import java.io.IOError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.messages.name.BadName;
import parley.peer.command.Asking;
import parley.peer.command.Commands;
import parley.peer.command.Input;
import parley.peer.talk.Happening;
import parley.peer.talk.Screen;

/**
 * Reads what is typed, on the thread that runs it.
 *
 * <pre>
 *   typing --Enter--&gt; typing                    the command is on its way, its answer appears above
 *   typing --Enter, password missing--&gt; asking --Enter--&gt; typing;   Ctrl-C: typing, nothing is sent
 *   typing --Ctrl-C on a half-typed line--&gt; typing
 *   typing --EXIT, Ctrl-D, Ctrl-C on an empty line, hang-up, stop--&gt; (ended)
 * </pre>
 */
public final class Keyboard implements Runnable {
    /** Failures in a row, without a line between them, after which a terminal is taken for broken. */
    private static final int FAILURES_MAX = 20;

    /** JLine may tell of one Ctrl-C twice, as a signal and as a key. No hand is so quick. */
    private static final long ECHO_NANOS = Duration.ofMillis(100).toNanos();

    private static final Logger log = LoggerFactory.getLogger(Keyboard.class);

    private final Typing typing;
    private final Commands commands;
    private final Screen screen;
    private final Consumer<Input> session;
    private volatile boolean stopped;
    private boolean clearedBefore;
    private long clearedAtNanos;
    private @Nullable Thread reading;

    Keyboard(Typing typing, Commands commands, Screen screen, Consumer<Input> session) {
        this.typing = typing;
        this.commands = commands;
        this.screen = screen;
        this.session = session;
    }

    /** Returns when the user wants to leave, or the terminal is gone, or {@link #stop} was called. */
    @Override
    public void run() {
        begin();
        try {
            read();
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        reading = Thread.currentThread();
    }

    /** From here on nobody interrupts this thread, which has other things to do. */
    private synchronized void end() {
        reading = null;
        Thread.interrupted();
    }

    private void read() {
        int failures = 0;
        while (!stopped && failures < FAILURES_MAX) {
            try {
                var line = typing.readCommand();
                clearedBefore = false;
                if (!command(line)) return;
                failures = 0;
            } catch (UserInterruptException interrupted) {
                if (stopped || (interrupted.getPartialLine().isEmpty() && !echo())) return;
                cleared();
            } catch (EndOfFileException | IOError gone) {
                return;
            } catch (RuntimeException unexpected) {
                // Whatever JLine makes of strange bytes: the line is lost, the program is not.
                log.warn("line not read", unexpected);
                screen.show(new Happening.Notice("That line could not be read"));
                failures++;
            }
        }
    }

    /** Makes {@link #run} return soon, if it runs; for any thread. */
    public void stop() {
        stopped = true;
        interrupt();
    }

    /** Ctrl-C between two lines, which is the same as on the empty line that comes next. */
    synchronized void interrupt() {
        if (reading != null) reading.interrupt();
    }

    private void cleared() {
        Thread.interrupted();
        clearedAtNanos = System.nanoTime();
        clearedBefore = true;
    }

    private boolean echo() {
        return clearedBefore && System.nanoTime() - clearedAtNanos < ECHO_NANOS;
    }

    /** @return false to leave */
    private boolean command(String line) {
        var input = commands.read(line).orElse(null);
        if (input instanceof Input.Exit) return false;
        if (input == null) return true;
        var asking = input.asking();
        if (asking == null) session.accept(input);
        else ask(input, asking);
        return true;
    }

    private void ask(Input input, Asking asking) {
        var answers = new ArrayList<String>();
        try {
            for (var prompt : asking.prompts()) answers.add(typing.readSecret(prompt));
            session.accept(asking.complete().apply(answers));
        } catch (UserInterruptException cancelled) {
            cleared();
            if (!stopped) screen.show(new Happening.Failed(input.verb(), "Nothing was typed, nothing was done"));
        } catch (BadName bad) {
            screen.show(new Happening.Failed(input.verb(), bad.why()));
        }
    }
}
