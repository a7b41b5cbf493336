package parley.messages.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * The known word that somebody most likely meant: the one with the fewest letters changed, added, left out or swapped
 * with their neighbour, in any case of letters; of several the first in the alphabet.
 */
public final class Nearest {
    /** One typo in every so many letters is still a typo; more is another word. */
    private static final int LETTERS_PER_TYPO = 3;

    /** Letters. What is longer was not typed by hand, and comparing costs the product of both lengths. */
    private static final int LENGTH_MAX = 128;

    /** Empty if {@code given} is no likely typo of any, as when suggesting a command. */
    public static Optional<String> to(String given, Collection<String> known) {
        return among(given, known).filter(word -> {
            int letters = Math.min(given.length(), word.length());
            return distance(given, word) <= Math.max(1, letters / LETTERS_PER_TYPO);
        });
    }

    /** However far it is, as when something has to be named. Empty only if nothing is known, or too much was given. */
    public static Optional<String> among(String given, Collection<String> known) {
        if (given.length() > LENGTH_MAX) return Optional.empty();
        return known.stream()
                .min(Comparator.<String>comparingInt(word -> distance(given, word))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int distance(String given, String word) {
        return typos(given.toLowerCase(Locale.ROOT), word.toLowerCase(Locale.ROOT));
    }

    /** The optimal string alignment distance: Levenshtein's, and a swap of neighbours counts as one. */
    static int typos(String a, String b) {
        var beforeLast = new int[b.length() + 1];
        var last = new int[b.length() + 1];
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) last[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, 1 + Math.min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            var spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }

    private Nearest() {}
}
