package parley.messages.name;

/** The rule that all names follow. */
final class Names {
    /** Characters. Fits every column and file name, and 256 of them fit a frame. */
    static final int LENGTH_MAX = 32;

    static String checked(String what, String given) {
        if (given.isEmpty() || given.length() > LENGTH_MAX) throw bad(what);
        var text = new StringBuilder(given.length());
        for (int i = 0; i < given.length(); i++) {
            char folded = fold(given.charAt(i));
            if (!allowed(folded)) throw bad(what);
            text.append(folded);
        }
        return text.toString();
    }

    /** ASCII only: Unicode's folding would let the Kelvin sign pass for a k. */
    private static char fold(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
    }

    private static BadName bad(String what) {
        return new BadName("Bad %s name, expected 1 to %d of a-z 0-9 _ . -".formatted(what, LENGTH_MAX));
    }

    private static boolean allowed(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    }

    private Names() {}
}
