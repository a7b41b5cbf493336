package parley.messages.name;

/**
 * Text from elsewhere made safe to show: what could move the cursor, change the terminal or turn the reading direction
 * is gone. Every text, name, file name and error passes here on its way to a person.
 */
public final class Printable {
    /** Line breaks and tabs become a blank; controls, bidirectional overrides and invisible characters go. */
    public static String of(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) return text;
        var shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t') shown.append(' ');
            else if (!unsafe(c)) shown.appendCodePoint(c);
        });
        return shown.toString();
    }

    /** Cc: C0, C1 and ESC. Cf: bidi controls, zero width, soft hyphen, tags. Zl, Zp: breaks. Cs: half a pair. */
    private static boolean unsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    private Printable() {}
}
