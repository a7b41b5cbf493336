package parley.peer.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.messages.name.BadName;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.UserName;

/**
 * A typed line to an {@link Input}. Never throws: a line that is no command becomes {@link Input.Unreadable}, which says
 * what was expected and never repeats a word that could be a password.
 *
 * <pre>
 *   SEND [--] NAME               [--] TEXT
 *   SEND [--] NAME               FILE PATH
 *   SEND GROUP NAME[,NAME...]    [--] TEXT
 *   SEND GROUP NAME[,NAME...]    FILE PATH
 * </pre>
 *
 * {@code --} ends the keyword that could stand in its place: before a name GROUP, before a text FILE. After the one
 * blank behind it a text is taken as it is, also if it is empty or begins with blanks.
 */
public final class Commands {
    private static final String PLAIN = "--";
    private static final String INVITE = "invite";
    private static final Pattern DIGITS = Pattern.compile("[0-9]{60}");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,6}");
    private static final Pattern WITHIN = Pattern.compile("(.*\\S)[ \\t]+[iI][nN][ \\t]+(\\S+)");

    private final Path home;

    private Commands(Path home) {
        this.home = home;
    }

    /** @param home what {@code ~} stands for */
    public static Commands at(Path home) {
        return new Commands(home);
    }

    /** @return empty for a line that is empty or only blanks */
    public Optional<Input> read(String line) {
        var words = new Words(line);
        var typed = words.next();
        if (typed.isEmpty()) return Optional.empty();
        return Optional.of(Verb.of(typed)
                .map(verb -> read(verb, words))
                .orElseGet(() -> new Input.Unreadable(Help.shown(typed), Help.unknown(typed))));
    }

    private Input read(Verb verb, Words words) {
        try {
            return switch (verb) {
                case SIGNUP -> signUp(words);
                case SIGNIN -> signIn(words);
                case LIST -> alone(words, new Input.ListGroups());
                case MEMBERS -> alone(words, new Input.Members());
                case CREATE -> group(words, Input.Create::new);
                case JOIN -> group(words, Input.Join::new);
                case SEND -> send(words);
                case HELP -> help(words);
                case CONTACTS -> alone(words, new ModernInput.Contacts());
                case ACCEPT -> withDigits(words, ModernInput.Accept::new);
                case BLOCK -> user(words, ModernInput.Block::new);
                case VERIFY -> withDigits(words, ModernInput.Verify::new);
                case HISTORY -> history(words);
                case SEARCH -> search(words);
                case READ -> user(words, ModernInput.Read::new);
                case STATUS -> alone(words, new ModernInput.Status());
                case PASSWD -> passwords(words);
                case EXPORT -> backup(words, ModernInput.Export::new);
                case IMPORT -> backup(words, ModernInput.Import::new);
                case REVOKE -> revoke(words);
                case EXIT -> alone(words, new Input.Exit());
            };
        } catch (NotSo notSo) {
            return new Input.Unreadable(verb.word(), notSo.hint.isEmpty() ? Help.usage(verb) : notSo.hint);
        } catch (BadName bad) {
            return new Input.Unreadable(verb.word(), bad.why());
        }
    }

    private static Input signIn(Words words) throws NotSo {
        return alone(words, new Input.SignIn(new UserName(words.needed()), password(words.next())));
    }

    /** The word INVITE stands for itself unless nothing follows it: then it is a password. */
    private static Input signUp(Words words) throws NotSo {
        var user = new UserName(words.needed());
        var typed = words.next();
        var keyword = words.next();
        if (typed.equalsIgnoreCase(INVITE) && !keyword.isEmpty()) {
            return alone(words, new Input.SignUp(user, null, keyword));
        }
        if (keyword.isEmpty()) return new Input.SignUp(user, password(typed));
        if (!keyword.equalsIgnoreCase(INVITE)) throw new NotSo("");
        return alone(words, new Input.SignUp(user, password(typed), words.needed()));
    }

    private static @Nullable Password password(String typed) {
        return typed.isEmpty() ? null : new Password(typed);
    }

    private static Input user(Words words, Function<UserName, Input> command) throws NotSo {
        return alone(words, command.apply(new UserName(words.needed())));
    }

    private interface WithDigits {
        Input of(UserName user, @Nullable String digits);
    }

    private static Input withDigits(Words words, WithDigits command) throws NotSo {
        var user = new UserName(words.needed());
        var digits = words.rest().replaceAll("[ \\t]", "");
        if (digits.isEmpty()) return command.of(user, null);
        if (!DIGITS.matcher(digits).matches()) throw new NotSo("Expected 60 digits; blanks between them don't matter");
        return command.of(user, digits);
    }

    private static Input history(Words words) throws NotSo {
        var user = new UserName(words.needed());
        var count = words.next();
        if (count.isEmpty()) return new ModernInput.History(user, ModernInput.History.COUNT_USUAL);
        int max = ModernInput.History.COUNT_MAX;
        if (!COUNT.matcher(count).matches() || Integer.parseInt(count) > max) {
            throw new NotSo("Expected a number of texts from 1 to %d".formatted(max));
        }
        return alone(words, new ModernInput.History(user, Integer.parseInt(count)));
    }

    /** The last two words are {@code in NAME} if they can be; whoever looks for these words asks for one less. */
    private static Input search(Words words) throws NotSo {
        var text = words.rest().strip();
        if (text.isEmpty()) throw new NotSo("");
        var within = WITHIN.matcher(text);
        if (!within.matches()) return new ModernInput.Search(text, null);
        return new ModernInput.Search(within.group(1), new UserName(within.group(2)));
    }

    private static Input passwords(Words words) throws NotSo {
        var old = words.next();
        if (old.isEmpty()) return new ModernInput.ChangePassword(null, null);
        return alone(words, new ModernInput.ChangePassword(new Password(old), new Password(words.needed())));
    }

    private interface Backup {
        Input of(Path file, @Nullable Password password);
    }

    private Input backup(Words words, Backup command) throws NotSo {
        var file = path(words.needed());
        return alone(words, command.of(file, password(words.next())));
    }

    private static Input revoke(Words words) throws NotSo {
        var user = new UserName(words.needed());
        var recovery = words.rest().strip();
        return new ModernInput.Revoke(user, recovery.isEmpty() ? null : recovery);
    }

    private static Input group(Words words, Function<GroupName, Input> command) throws NotSo {
        return alone(words, command.apply(new GroupName(words.needed())));
    }

    private static Input help(Words words) throws NotSo {
        var about = words.next();
        return alone(words, new Input.Help(about.isEmpty() ? null : about));
    }

    private static Input alone(Words words, Input command) throws NotSo {
        if (!words.next().isEmpty()) throw new NotSo("");
        return command;
    }

    private Input send(Words words) throws NotSo {
        var first = words.needed();
        Input.Recipients to;
        if (first.equalsIgnoreCase("group")) {
            to = new Input.Groups(Arrays.stream(words.needed().split(",", -1))
                    .map(GroupName::new)
                    .distinct()
                    .toList());
        } else {
            to = new Input.One(new UserName(first.equals(PLAIN) ? words.needed() : first));
        }
        var text = words.rest();
        return switch (words.next()) {
            case "" -> throw new NotSo("");
            case PLAIN -> new Input.SendText(to, words.afterOneBlank());
            case String word when word.equalsIgnoreCase("file") -> new Input.SendFile(to, path(words.rest()));
            default -> new Input.SendText(to, text);
        };
    }

    private Path path(String typed) throws NotSo {
        var path = unquoted(typed.stripTrailing());
        if (path.isEmpty()) {
            throw new NotSo("Expected a path after FILE. To send the word itself: SEND NAME -- FILE");
        }
        try {
            if (path.equals("~")) return home;
            return path.startsWith("~/") ? home.resolve(path.substring(2)) : Path.of(path);
        } catch (InvalidPathException invalid) {
            throw new NotSo("Not a path: " + invalid.getReason());
        }
    }

    private static String unquoted(String path) throws NotSo {
        if (path.isEmpty()) return path;
        char quote = path.charAt(0);
        if (quote != '"' && quote != '\'') return path;
        if (path.length() < 2 || path.charAt(path.length() - 1) != quote) {
            throw new NotSo("The path begins with %c and does not end with it".formatted(quote));
        }
        return path.substring(1, path.length() - 1);
    }

    /** A command that goes on otherwise than it must; an empty hint stands for the command's usage. */
    private static final class NotSo extends Exception {
        private static final long serialVersionUID = 1L;

        private final String hint;

        NotSo(String hint) {
            super(hint, null, false, false);
            this.hint = hint;
        }
    }

    /** A line read word by word. Words end at blanks and tabs; what is left over keeps all of its own. */
    private static final class Words {
        private final String line;
        private int at;

        Words(String line) {
            this.line = line;
        }

        /** The next word, or empty at the end. */
        String next() {
            skipBlanks();
            int from = at;
            while (at < line.length() && !blank(line.charAt(at))) at++;
            return line.substring(from, at);
        }

        String needed() throws NotSo {
            var word = next();
            if (word.isEmpty()) throw new NotSo("");
            return word;
        }

        /** All from the next word on, as it stands. */
        String rest() {
            skipBlanks();
            return line.substring(at);
        }

        String afterOneBlank() {
            return at < line.length() ? line.substring(at + 1) : "";
        }

        private void skipBlanks() {
            while (at < line.length() && blank(line.charAt(at))) at++;
        }

        private static boolean blank(char c) {
            return c == ' ' || c == '\t';
        }
    }
}
