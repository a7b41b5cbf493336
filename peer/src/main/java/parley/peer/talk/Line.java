package parley.peer.talk;

import parley.messages.name.Printable;

/**
 * One line for people, safe to show: whatever came from elsewhere has lost what could drive a terminal.
 *
 * @param mark the world that a conversation belongs to, such as {@code [classic]}, or empty
 * @param who whose line it is, such as {@code bob} or {@code #team}, or empty
 */
public record Line(Tone tone, String mark, String who, String text) {
    /** What a line is about; a screen that has colours may show it. */
    public enum Tone {
        TALK,
        ANSWER,
        ERROR,
        NEWS
    }

    public Line {
        mark = Printable.of(mark);
        who = Printable.of(who);
        text = Printable.of(text);
    }

    /** The whole line, as a screen without colours shows it. */
    public String plain() {
        return mark + (mark.isEmpty() ? "" : " ") + who + (who.isEmpty() ? "" : ": ") + text;
    }
}
