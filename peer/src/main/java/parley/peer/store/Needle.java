package parley.peer.store;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Words that are looked for in whatever case. Most texts and words are ASCII, and are compared as the bytes they are: a
 * search goes over a million texts, and making each a string in lower case is most of its time.
 *
 * <p>Nothing is lost by it: an ASCII text in lower case is ASCII, so that it holds no other words; every other text is
 * made a string, as the Kelvin sign, for one, is a <i>k</i> in lower case.
 */
final class Needle {
    private static final int CASE = 'a' - 'A';

    private final String words;
    private final byte[] lower;
    private final boolean ascii;

    static Needle of(String words) {
        return new Needle(words.toLowerCase(Locale.ROOT));
    }

    private Needle(String words) {
        this.words = words;
        this.lower = words.getBytes(StandardCharsets.UTF_8);
        this.ascii = isAscii(lower, 0, lower.length);
    }

    /** Nothing is in everything. */
    boolean isIn(byte[] text, int from, int to) {
        if (lower.length == 0) return true;
        if (!isAscii(text, from, to))
            return new String(text, from, to - from, StandardCharsets.UTF_8)
                    .toLowerCase(Locale.ROOT)
                    .contains(words);
        return ascii && isInAscii(text, from, to);
    }

    private boolean isInAscii(byte[] text, int from, int to) {
        byte first = lower[0];
        int upper = first >= 'a' && first <= 'z' ? first - CASE : first;
        for (int at = from; at <= to - lower.length; at++) {
            byte here = text[at];
            if ((here == first || here == upper) && isAt(text, at)) return true;
        }
        return false;
    }

    private boolean isAt(byte[] text, int at) {
        for (int i = 1; i < lower.length; i++) {
            int here = text[at + i];
            if (here >= 'A' && here <= 'Z') here += CASE;
            if (here != lower[i]) return false;
        }
        return true;
    }

    private static boolean isAscii(byte[] text, int from, int to) {
        int all = 0;
        for (int i = from; i < to; i++) all |= text[i];
        return all >= 0;
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
