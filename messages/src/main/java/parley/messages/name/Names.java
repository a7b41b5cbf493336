package parley.messages.name;

import java.util.Locale;

/** The rule that all names follow. */
final class Names {
    /** Characters. Fits every column and file name, and 256 of them fit a frame. */
    static final int LENGTH_MAX = 32;

    static String checked(String what, String given) {
        var text = given.toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.length() > LENGTH_MAX || !text.chars().allMatch(Names::allowed)) {
            throw new BadName("Bad %s name, expected 1 to %d of a-z 0-9 _ . -".formatted(what, LENGTH_MAX));
        }
        return text;
    }

    private static boolean allowed(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    }

    private Names() {}
}
