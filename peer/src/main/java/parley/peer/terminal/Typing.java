package parley.peer.terminal;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import org.jline.keymap.KeyMap;
import org.jline.reader.LineReader;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jspecify.annotations.Nullable;

/**
 * The line that is being typed, whose prompt may change meanwhile. Bars stand above it as part of the prompt, so that
 * JLine redraws all of it as one; when the line is entered they are taken away and only the line stays behind.
 */
final class Typing extends LineReaderImpl {
    private static final char HIDDEN = '\0';

    private AttributedString bars = AttributedString.EMPTY;
    private AttributedString ask = AttributedString.EMPTY;
    private AttributedString secret = AttributedString.EMPTY;
    private boolean asksForSecret;

    Typing(Terminal terminal) {
        super(terminal, "parley", new HashMap<>());
        // What is typed is sent as it is: no quotes, no history expansion, no escapes.
        setParser(new Typed.Reader());
        option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
        option(LineReader.Option.CASE_INSENSITIVE, true);
        option(LineReader.Option.AUTO_FRESH_LINE, false);
        option(LineReader.Option.INSERT_TAB, false);
        // JLine would look for an editor that we don't bring.
        getKeyMaps().values().forEach(keys -> keys.unbind(KeyMap.ctrl('X') + KeyMap.ctrl('E')));
    }

    String readCommand() {
        asksForSecret = false;
        variable(LineReader.DISABLE_COMPLETION, false);
        return readLine("");
    }

    /** Nothing of it is shown, completed or remembered. */
    String readSecret(String prompt) {
        asksForSecret = true;
        secret = new AttributedString(prompt);
        variable(LineReader.DISABLE_COMPLETION, true);
        return readLine(prompt, HIDDEN);
    }

    /** Shows another prompt from now on, also before a line that is half typed. */
    void prompt(List<AttributedString> above, AttributedString ask) {
        lock.lock();
        try {
            this.bars = AttributedString.join(new AttributedString("\n"), above);
            this.ask = ask;
            if (!reading) return;
            setPrompt("");
            redisplay(true);
        } finally {
            lock.unlock();
        }
    }

    /** While more keys wait, as when 100 KB were pasted, drawing each would take minutes. The last one draws all. */
    @Override
    protected void redisplay(boolean flush) {
        if (flush && reading && keysWait()) return;
        super.redisplay(flush);
    }

    private boolean keysWait() {
        try {
            return terminal.reader().available() > 0 || terminal.input().available() > 0;
        } catch (IOException unknown) {
            return false;
        }
    }

    /** The given text counts only where a secret is asked for: commands have their own prompt. */
    @Override
    public void setPrompt(@Nullable String text) {
        var last = asksForSecret ? secret : ask;
        prompt = bars.isEmpty() ? last : AttributedString.join(new AttributedString("\n"), bars, last);
    }

    @Override
    protected void cleanup() {
        prompt = asksForSecret ? secret : ask;
        super.cleanup();
    }
}
