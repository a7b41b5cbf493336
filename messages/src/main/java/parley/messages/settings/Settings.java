package parley.messages.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All settings of one program, checked: the command line over the user's file over the defaults.
 *
 * <pre>
 *   command line  over  file  over  the role's wishes (Pekko, libraries)  over  every reference.conf
 * </pre>
 *
 * What a role wants of Pekko stands in a file of its own and in no {@code reference.conf}: registry and peer may share
 * a class path, and of two opinions in two files of that name the first on the path would win.
 */
public final class Settings {
    private static final String OURS = "parley";

    private final Config all;

    private Settings(Config all) {
        this.all = all;
    }

    /**
     * @param role what this role wants of Pekko and the libraries
     * @param file the user's file, or null for none
     * @param commandLine key to value: what options on the command line say
     * @throws BadSettings if anything given can't be read, is unknown or of the wrong kind
     */
    public static Settings load(Config role, @Nullable Path file, Map<String, ?> commandLine) {
        try {
            var reference = ConfigFactory.defaultReferenceUnresolved();
            var defaults = role.withFallback(reference);
            var given = ConfigFactory.parseMap(commandLine, "command line");
            if (file != null) given = given.withFallback(parse(file));
            var all = given.withFallback(defaults).resolve();
            check(given.resolveWith(all).root(), reference.resolve().root());
            return new Settings(all);
        } catch (ConfigException unusable) {
            throw new BadSettings(oneLine(unusable));
        }
    }

    /** Everything, for an actor system. */
    public Config config() {
        return all;
    }

    public String text(String key) {
        return all.getString(key);
    }

    public boolean on(String key) {
        return all.getBoolean(key);
    }

    public Duration time(String key) {
        return all.getDuration(key);
    }

    /** @throws BadSettings if it is not from {@code least} to {@code most} */
    public int count(String key, int least, int most) {
        long count = all.getLong(key);
        if (count < least || count > most) throw bad(key, "%d to %d".formatted(least, most));
        return (int) count;
    }

    /** @throws BadSettings if it is not from {@code least} to {@code most} bytes */
    public int bytes(String key, int least, int most) {
        return (int) bytes(key, (long) least, (long) most);
    }

    /** The same for more than an int counts. */
    public long bytes(String key, long least, long most) {
        long bytes = all.getMemorySize(key).toBytes();
        if (bytes < least || bytes > most) throw bad(key, "%d to %d bytes".formatted(least, most));
        return bytes;
    }

    /** For a value that has the right kind and still can't be used. */
    public BadSettings bad(String key, String expected) {
        return wrong(key, all.getValue(key), expected);
    }

    private static Config parse(Path file) {
        if (!Files.isRegularFile(file)) throw new BadSettings("%s: no such file".formatted(file));
        if (!Files.isReadable(file)) throw new BadSettings("%s: not readable".formatted(file));
        return ConfigFactory.parseFile(file.toFile());
    }

    private static void check(ConfigObject given, ConfigObject reference) {
        given.forEach((key, value) -> {
            if (key.equals(OURS)) check(OURS, value, reference.get(OURS), paths(OURS, reference.get(OURS)));
            // A typo here would otherwise pass as a library's key and be ignored.
            else if (Nearest.to(key, List.of(OURS)).isPresent()) throw unknown(key, value, Set.of(OURS));
        });
    }

    private static void check(String path, ConfigValue given, @Nullable ConfigValue reference, Set<String> known) {
        if (reference == null) throw unknown(path, given, known);
        var kind = Kind.of(reference);
        if (!kind.fits(given)) throw wrong(path, given, kind.expected());
        if (given instanceof ConfigObject section && reference instanceof ConfigObject model) {
            section.forEach((key, value) -> check(path + "." + key, value, model.get(key), known));
        }
    }

    private static Set<String> paths(String path, @Nullable ConfigValue value) {
        var paths = new TreeSet<String>();
        paths.add(path);
        if (value instanceof ConfigObject section) {
            section.forEach((key, inner) -> paths.addAll(paths(path + "." + key, inner)));
        }
        return paths;
    }

    private static BadSettings unknown(String path, ConfigValue given, Set<String> known) {
        return new BadSettings("%s: unknown key %s%s"
                .formatted(
                        place(given.origin()),
                        path,
                        Nearest.among(path, known)
                                .map(", did you mean %s?"::formatted)
                                .orElse("")));
    }

    private static BadSettings wrong(String path, ConfigValue found, String expected) {
        return new BadSettings("%s: %s is %s, expected %s"
                .formatted(place(found.origin()), path, found.render(ConfigRenderOptions.concise()), expected));
    }

    private static String place(ConfigOrigin origin) {
        var file = origin.filename() == null ? origin.description() : origin.filename();
        return origin.lineNumber() > 0 && origin.filename() != null ? file + ":" + origin.lineNumber() : file;
    }

    private static String oneLine(ConfigException unusable) {
        return String.valueOf(unusable.getMessage()).lines().findFirst().orElse("unreadable settings");
    }
}
