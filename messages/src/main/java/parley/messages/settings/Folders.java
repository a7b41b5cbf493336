package parley.messages.settings;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where files live when nobody says otherwise: the XDG base directories.
 *
 * @param data what must survive: {@code $XDG_DATA_HOME/parley}, or {@code ~/.local/share/parley}
 * @param config what is set: {@code $XDG_CONFIG_HOME/parley}, or {@code ~/.config/parley}
 */
public record Folders(Path data, Path config) {
    public static Folders of(Map<String, String> environment, Path home) {
        return new Folders(
                base(environment.get("XDG_DATA_HOME"), home.resolve(".local/share")),
                base(environment.get("XDG_CONFIG_HOME"), home.resolve(".config")));
    }

    /** The standard says that a relative path is to be ignored. */
    private static Path base(@Nullable String given, Path usual) {
        var base = given != null && given.startsWith("/") ? Path.of(given) : usual;
        return base.resolve("parley");
    }
}
