package parley.peer.command;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.messages.settings.Nearest;

/** What HELP says; plain text of several lines. */
public final class Help {
    /** Columns. The longest form and two blanks. */
    private static final int FORM_COLUMNS = 38;

    /** @param about a verb, in any case, or null for all */
    public static String on(@Nullable String about) {
        if (about == null) return all();
        return Verb.of(about).map(Help::one).orElseGet(() -> unknown(about) + "\n\n" + all());
    }

    /** What was found and what was expected, of a word that is no verb. */
    static String unknown(String typed) {
        return "Unknown command %s. %s"
                .formatted(
                        shown(typed),
                        Nearest.to(word(typed), Verb.words())
                                .map("Did you mean %s?"::formatted)
                                .orElse("HELP shows all commands."));
    }

    /** How {@code verb} is written, on one line. */
    static String usage(Verb verb) {
        return "Expected " + String.join("  or  ", verb.forms());
    }

    private static String all() {
        return Stream.of(Verb.values()).flatMap(Help::lines).collect(Collectors.joining("\n"))
                + "\n\nVerbs and keywords may be typed in any case. HELP COMMAND says more.";
    }

    private static Stream<String> lines(Verb verb) {
        var last = verb.forms().getLast();
        return verb.forms().stream()
                .map(form -> form.equals(last) ? ("%-" + FORM_COLUMNS + "s%s").formatted(form, verb.purpose()) : form);
    }

    private static String one(Verb verb) {
        var text = String.join("\n", verb.forms()) + "\n    " + verb.purpose();
        return verb.more().isEmpty() ? text : text + "\n\n" + verb.more();
    }

    /** A word to name in an error; what is longer than any verb could be is cut. */
    static String shown(String typed) {
        var word = word(typed);
        return word.length() <= WORD_SHOWN_MAX ? word : word.substring(0, WORD_SHOWN_MAX) + "...";
    }

    private static String word(String typed) {
        return typed.toLowerCase(Locale.ROOT);
    }

    /** Characters. Enough to recognise what was typed. */
    private static final int WORD_SHOWN_MAX = 24;

    private Help() {}
}
