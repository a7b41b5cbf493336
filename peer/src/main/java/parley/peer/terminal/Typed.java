package parley.peer.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.Parser;

/**
 * A line as completion sees it: the words before the cursor, and the one that is being typed. Quotes, backslashes and
 * exclamation marks mean nothing, with one exception: behind FILE the rest of the line is one word, a path.
 */
record Typed(String line, int cursor, List<String> before, String word) implements CompletingParsedLine {
    static final class Reader implements Parser {
        @Override
        public Typed parse(String line, int cursor, ParseContext context) {
            return Typed.of(line, Math.clamp(cursor, 0, line.length()));
        }

        @Override
        public boolean isEscapeChar(char c) {
            return false;
        }
    }

    static Typed of(String line, int cursor) {
        var before = new ArrayList<String>();
        int at = skipBlanks(line, 0, cursor);
        while (at < cursor && !expectsPath(before)) {
            int end = at;
            while (end < cursor && !blank(line.charAt(end))) end++;
            if (end == cursor) break;
            before.add(line.substring(at, end));
            at = skipBlanks(line, end, cursor);
        }
        int from = expectsGroups(before) ? Math.max(at, line.lastIndexOf(',', cursor - 1) + 1) : at;
        return new Typed(line, cursor, List.copyOf(before), line.substring(from, cursor));
    }

    /** SEND NAME FILE, SEND -- NAME FILE, SEND GROUP NAMES FILE. */
    static boolean expectsPath(List<String> words) {
        if (words.size() < 3 || !is(words, 0, "send")) return false;
        int file = is(words, 1, "group") || is(words, 1, "--") ? 3 : 2;
        return words.size() == file + 1 && is(words, file, "file");
    }

    /** SEND GROUP. */
    static boolean expectsGroups(List<String> words) {
        return words.size() == 2 && is(words, 0, "send") && is(words, 1, "group");
    }

    static boolean is(List<String> words, int at, String word) {
        return at < words.size() && words.get(at).equalsIgnoreCase(word);
    }

    private static int skipBlanks(String line, int from, int to) {
        int at = from;
        while (at < to && blank(line.charAt(at))) at++;
        return at;
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }

    @Override
    public int wordCursor() {
        return word.length();
    }

    @Override
    public int wordIndex() {
        return before.size();
    }

    @Override
    public List<String> words() {
        var words = new ArrayList<>(before);
        words.add(word);
        return words;
    }

    /** Candidates are written as they are. */
    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
        return candidate;
    }

    @Override
    public int rawWordCursor() {
        return word.length();
    }

    @Override
    public int rawWordLength() {
        return word.length();
    }
}
