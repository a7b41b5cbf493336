package parley.peer.terminal;

import java.util.Map;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import parley.peer.talk.Line;

/** Colours, or none. */
final class Ink {
    private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
    private static final AttributedStyle FAINT = PLAIN.faint();
    private static final AttributedStyle WARNING = PLAIN.foreground(AttributedStyle.YELLOW);
    private static final AttributedStyle ERROR = PLAIN.foreground(AttributedStyle.RED);
    private static final AttributedStyle WHO =
            PLAIN.foreground(AttributedStyle.CYAN).bold();
    private static final AttributedStyle WHERE =
            PLAIN.foreground(AttributedStyle.MAGENTA).bold();
    private static final AttributedStyle ME =
            PLAIN.foreground(AttributedStyle.GREEN).bold();

    private final boolean coloured;

    private Ink(boolean coloured) {
        this.coloured = coloured;
    }

    /** None for {@code NO_COLOR} (no-color.org: set and not empty) and for a terminal that can't. */
    static Ink of(Map<String, String> environment, String terminalType) {
        boolean refused = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Ink(!refused && !terminalType.startsWith("dumb"));
    }

    AttributedString line(Line line) {
        var out = new AttributedStringBuilder();
        var tone = switch (line.tone()) {
            case TALK -> PLAIN;
            case ANSWER -> FAINT;
            case ERROR -> ERROR;
            case NEWS -> FAINT;
        };
        if (!line.mark().isEmpty()) add(out, WARNING, line.mark()).append(" ");
        boolean wrong = line.tone() == Line.Tone.ERROR;
        if (!line.where().isEmpty()) add(out, wrong ? ERROR : WHERE, line.where() + Line.WHERE_END);
        if (!line.who().isEmpty()) add(out, wrong ? ERROR : WHO, line.who() + Line.WHO_END);
        return add(out, tone, line.text()).toAttributedString();
    }

    AttributedString warning(String text) {
        return add(new AttributedStringBuilder(), WARNING, text).toAttributedString();
    }

    AttributedString bar(String text) {
        return add(new AttributedStringBuilder(), FAINT, text).toAttributedString();
    }

    /** @param unread how many texts and where, empty for none */
    AttributedString prompt(String who, String unread, boolean registryHere) {
        var out = new AttributedStringBuilder();
        add(out, ME, who);
        if (!unread.isEmpty()) add(out, WHO, " (%s)".formatted(unread));
        if (!registryHere) add(out, ERROR, " (no registry)");
        return out.append("> ").toAttributedString();
    }

    private AttributedStringBuilder add(AttributedStringBuilder out, AttributedStyle style, String text) {
        return out.styled(coloured ? style : PLAIN, text);
    }
}
