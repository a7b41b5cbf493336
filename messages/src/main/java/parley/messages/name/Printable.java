package parley.messages.name;

/**
 * Text from elsewhere made safe to show: what could move the cursor, change the terminal or turn the reading direction
 * is gone. Every text, name, file name and error passes here on its way to a person.
 */
public final class Printable {
    /** Line breaks and tabs become a blank; controls, bidirectional controls and invisible characters go. */
    public static String of(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 0x7f)) return text;
        var shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (separates(c)) shown.append(' ');
            else if (!unsafe(c) && !invisible(c)) shown.appendCodePoint(c);
        });
        return shown.toString();
    }

    /** Carriage return is not one: it goes, so that the end of a line from Windows becomes one blank. */
    private static boolean separates(int c) {
        return c == '\n' || c == '\t' || c == 0x0b || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    /** Cc: C0, C1 and ESC. Cf: bidi controls, zero width, soft hyphen, tags. Cs: half a pair. */
    private static boolean unsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
            default -> false;
        };
    }

    /**
     * What Unicode lets a screen ignore (Default_Ignorable_Code_Point) beyond the controls above: two names that look
     * alike could differ by it. Java has no property for it. Variation selectors are among it: a heart loses its red.
     */
    private static boolean invisible(int c) {
        return c == 0x034f // combining grapheme joiner
                || (c >= 0x115f && c <= 0x1160) // Hangul fillers
                || (c >= 0x17b4 && c <= 0x17b5) // Khmer inherent vowels
                || (c >= 0x180b && c <= 0x180f) // Mongolian selectors
                || c == 0x2065
                || c == 0x3164 // Hangul filler
                || (c >= 0xfe00 && c <= 0xfe0f) // variation selectors
                || c == 0xffa0 // halfwidth Hangul filler
                || (c >= 0xfff0 && c <= 0xfff8)
                || (c >= 0xe0000 && c <= 0xe0fff); // tags, more variation selectors
    }

    private Printable() {}
}
