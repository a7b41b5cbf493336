package parley.proving.process;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the launcher script {@code parley} lies. */
final class Launcher {
    /** System property that names another one. */
    static final String OVERRIDE = "parley.launcher";

    /** The one named, or that of the project around the working directory: tests stand in their module's folder. */
    static Path find() {
        var named = System.getProperty(OVERRIDE);
        if (named != null) return existing(Path.of(named).toAbsolutePath());
        var here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("parley")) && Files.isRegularFile(folder.resolve("pom.xml")))
                return folder.resolve("parley");
        }
        throw new IllegalStateException(
                "no launcher: expected a file 'parley' beside a 'pom.xml' in %s or above, or -D%s=PATH"
                        .formatted(here, OVERRIDE));
    }

    private static Path existing(Path script) {
        if (!Files.isExecutable(script))
            throw new IllegalStateException("-D%s names %s, which cannot be run".formatted(OVERRIDE, script));
        return script;
    }

    private Launcher() {}
}
