package parley.peer;

import java.util.Optional;
import picocli.CommandLine;

/** What {@code --version} prints: the version of the build, from the jar's manifest. */
final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
        var built = Optional.ofNullable(Version.class.getPackage().getImplementationVersion());
        return new String[] {"Parley " + built.orElse("from unpacked classes")};
    }
}
