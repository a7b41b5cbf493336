package parley.peer.terminal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import parley.messages.settings.Nearest;
import parley.peer.command.Verb;

/**
 * What of a typed line may be remembered. A password has its place behind signup and signin; behind a word that may be
 * one of them mistyped it is suspected, and a word that is like no command may be a password itself.
 */
final class Discreet {
    /** @return the line, or what is left of it without the password; empty if nothing may be kept */
    static Optional<String> of(String line) {
        if (line.indexOf('\n') < 0) return single(line);
        // Pasted. Kept as it is or not at all.
        boolean harmless =
                line.lines().allMatch(part -> part.isBlank() || single(part).equals(Optional.of(part)));
        return harmless ? Optional.of(line) : Optional.empty();
    }

    private static Optional<String> single(String line) {
        var words = line.strip().split("[ \t]+", 3);
        var known = Verb.of(words[0]);
        if (known.isEmpty()) {
            var mistyped = words[0].toLowerCase(Locale.ROOT);
            // Also if a harmless one is as near: REVOKE and REMOVE differ in two letters.
            if (Nearest.to(mistyped, SECRET).isPresent()) return Optional.empty();
            return Nearest.to(mistyped, Verb.words()).map(harmless -> line);
        }
        if (!takesPassword(known.get())) return Optional.of(line);
        // Its first word is one.
        if (known.get() == Verb.PASSWD) return Optional.of(words[0]);
        return Optional.of(words.length < 3 ? line : words[0] + " " + words[1]);
    }

    private static final List<String> SECRET = Stream.of(Verb.values())
            .filter(Discreet::takesPassword)
            .map(Verb::word)
            .toList();

    private static boolean takesPassword(Verb verb) {
        return switch (verb) {
            case SIGNUP, SIGNIN, PASSWD, EXPORT, IMPORT, REVOKE -> true;
            case LIST, MEMBERS, CREATE, JOIN, LEAVE, INVITE, REMOVE, ADMIN, GROUP, SEND, HELP, EXIT -> false;
            case CONTACTS, ACCEPT, BLOCK, VERIFY, HISTORY, SEARCH, READ, STATUS -> false;
            case TRANSFERS, PAUSE, RESUME, CANCEL -> false;
        };
    }

    private Discreet() {}
}
