package parley.peer.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import parley.messages.name.BadName;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.UserName;
import parley.peer.command.Words.NotSo;

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
 * blank behind it a text is taken as it is, also if it is empty or begins with blanks. HISTORY, READ and SEARCH take a
 * contact's name or a group's, and the same two keywords before it.
 */
public final class Commands {
    private static final String PLAIN = "--";
    private static final String GROUP = "group";
    private static final String INVITE = "invite";
    private static final Pattern DIGITS = Pattern.compile("[0-9]{60}");
    private static final Pattern FILE = Pattern.compile("[0-9a-f]{4,32}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,6}");
    private static final Pattern WITHIN =
            Pattern.compile("(.*\\S)[ \\t]+in[ \\t]+(?:(group|--)[ \\t]+)?(\\S+)", Pattern.CASE_INSENSITIVE);

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
                case LIST -> words.alone(new Input.ListGroups());
                case MEMBERS -> GroupCommands.members(words);
                case CREATE -> GroupCommands.create(words);
                case JOIN -> GroupCommands.named(words, Input.Join::new);
                case LEAVE -> GroupCommands.named(words, GroupInput.Leave::new);
                case INVITE -> GroupCommands.about(words, GroupInput.Invite::new);
                case REMOVE -> GroupCommands.about(words, GroupInput.Remove::new);
                case ADMIN -> GroupCommands.admin(words);
                case GROUP -> GroupCommands.group(words, GroupInput.Show::new);
                case SEND -> send(words);
                case HELP -> help(words);
                case CONTACTS -> words.alone(new ModernInput.Contacts());
                case ACCEPT -> withDigits(words, ModernInput.Accept::new);
                case BLOCK -> user(words, ModernInput.Block::new);
                case VERIFY -> withDigits(words, ModernInput.Verify::new);
                case HISTORY -> history(words);
                case SEARCH -> search(words);
                case READ -> words.alone(new ModernInput.Read(conversation(words)));
                case TRANSFERS -> words.alone(new FileInput.Transfers());
                case PAUSE -> file(words, FileInput.Pause::new);
                case RESUME -> file(words, FileInput.Resume::new);
                case CANCEL -> file(words, FileInput.Cancel::new);
                case STATUS -> words.alone(new ModernInput.Status());
                case PASSWD -> passwords(words);
                case EXPORT -> backup(words, ModernInput.Export::new);
                case IMPORT -> backup(words, ModernInput.Import::new);
                case REVOKE -> revoke(words);
                case EXIT -> words.alone(new Input.Exit());
            };
        } catch (NotSo notSo) {
            return new Input.Unreadable(verb.word(), notSo.hint().isEmpty() ? Help.usage(verb) : notSo.hint());
        } catch (BadName bad) {
            return new Input.Unreadable(verb.word(), bad.why());
        }
    }

    private static Input signIn(Words words) throws NotSo {
        return words.alone(new Input.SignIn(new UserName(words.needed()), password(words.next())));
    }

    /** The word INVITE stands for itself unless nothing follows it: then it is a password. */
    private static Input signUp(Words words) throws NotSo {
        var user = new UserName(words.needed());
        var typed = words.next();
        var keyword = words.next();
        if (typed.equalsIgnoreCase(INVITE) && !keyword.isEmpty()) {
            return words.alone(new Input.SignUp(user, null, keyword));
        }
        if (keyword.isEmpty()) return new Input.SignUp(user, password(typed));
        if (!keyword.equalsIgnoreCase(INVITE)) throw new NotSo("");
        return words.alone(new Input.SignUp(user, password(typed), words.needed()));
    }

    private static @Nullable Password password(String typed) {
        return typed.isEmpty() ? null : new Password(typed);
    }

    private static Input user(Words words, Function<UserName, Input> command) throws NotSo {
        return words.alone(command.apply(new UserName(words.needed())));
    }

    private interface WithDigits {
        Input of(UserName user, @Nullable String digits);
    }

    private static Input withDigits(Words words, WithDigits command) throws NotSo {
        var user = new UserName(words.needed());
        var digits = words.rest().replaceAll("[ \\t]", "");
        if (digits.isEmpty()) return command.of(user, null);
        if (!DIGITS.matcher(digits).matches()) {
            var found = NUMBER.matcher(digits).matches() ? digits.length() + " digits" : "something else than digits";
            throw new NotSo("Found %s, expected 60 digits; blanks between them don't matter".formatted(found));
        }
        return command.of(user, digits);
    }

    private static Input history(Words words) throws NotSo {
        var with = conversation(words);
        var count = words.next();
        if (count.isEmpty()) return new ModernInput.History(with, ModernInput.History.COUNT_USUAL);
        int max = ModernInput.History.COUNT_MAX;
        if (!COUNT.matcher(count).matches() || Integer.parseInt(count) > max) {
            throw new NotSo("Expected a number of texts from 1 to %d".formatted(max));
        }
        return words.alone(new ModernInput.History(with, Integer.parseInt(count)));
    }

    /** The words GROUP and -- stand for themselves unless a name follows. */
    private static Conversation conversation(Words words) throws NotSo {
        var first = words.needed();
        boolean group = first.equalsIgnoreCase(GROUP);
        if (!group && !first.equals(PLAIN)) return Conversation.called(first);
        var name = words.next();
        if (name.isEmpty()) return Conversation.called(first);
        return conversation(group, name);
    }

    private static Conversation conversation(boolean group, String name) {
        return group ? new Conversation.In(new GroupName(name)) : new Conversation.With(new UserName(name));
    }

    /** The last words are {@code in NAME} if they can be; whoever looks for these words asks for one less. */
    private static Input search(Words words) throws NotSo {
        var text = words.rest().strip();
        if (text.isEmpty()) throw new NotSo("");
        var within = WITHIN.matcher(text);
        if (!within.matches()) return new ModernInput.Search(text, null);
        var keyword = within.group(2);
        var name = within.group(3);
        return new ModernInput.Search(
                within.group(1),
                keyword == null ? Conversation.called(name) : conversation(keyword.equalsIgnoreCase(GROUP), name));
    }

    private static Input file(Words words, Function<String, Input> command) throws NotSo {
        var id = words.needed().toLowerCase(Locale.ROOT);
        if (!FILE.matcher(id).matches())
            throw new NotSo(
                    "Found %s, expected the 4 to 32 digits of a file that TRANSFERS shows".formatted(Help.shown(id)));
        return words.alone(command.apply(id));
    }

    private static Input passwords(Words words) throws NotSo {
        var old = words.next();
        if (old.isEmpty()) return new ModernInput.ChangePassword(null, null);
        return words.alone(new ModernInput.ChangePassword(new Password(old), new Password(words.needed())));
    }

    private interface Backup {
        Input of(Path file, @Nullable Password password);
    }

    private Input backup(Words words, Backup command) throws NotSo {
        var file = path(words.needed());
        return words.alone(command.of(file, password(words.next())));
    }

    private static Input revoke(Words words) throws NotSo {
        var user = new UserName(words.needed());
        var recovery = words.rest().strip();
        return new ModernInput.Revoke(user, recovery.isEmpty() ? null : recovery);
    }

    private static Input help(Words words) throws NotSo {
        var about = words.next();
        return words.alone(new Input.Help(about.isEmpty() ? null : about));
    }

    private Input send(Words words) throws NotSo {
        var first = words.needed();
        Input.Recipients to;
        if (first.equalsIgnoreCase(GROUP)) {
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
}
