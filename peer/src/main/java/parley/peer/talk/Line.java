package parley.peer.talk;

import parley.messages.name.Printable;

/**
 * One line for people, safe to show: whatever came from elsewhere has lost what could drive a terminal.
 *
 * @param mark the world that a conversation belongs to, such as {@code [classic]}, or empty
 * @param where the modern group that it is about, or empty
 * @param who whose line it is, such as {@code bob} or {@code #team}, or empty
 */
public record Line(Tone tone, String mark, String where, String who, String text) {
    /** Two blanks, because one stands behind a mark. */
    public static final String WHERE_END = "  ";

    public static final String WHO_END = ": ";

    /** What a line is about; a screen that has colours may show it. */
    public enum Tone {
        TALK,
        ANSWER,
        ERROR,
        NEWS
    }

    public Line {
        mark = Printable.of(mark);
        where = Printable.of(where);
        who = Printable.of(who);
        text = Printable.of(text);
    }

    public Line(Tone tone, String mark, String who, String text) {
        this(tone, mark, "", who, text);
    }

    /** The whole line, as a screen without colours shows it. */
    public String plain() {
        return ended(mark, " ") + ended(where, WHERE_END) + ended(who, WHO_END) + text;
    }

    private static String ended(String part, String end) {
        return part.isEmpty() ? "" : part + end;
    }
}
