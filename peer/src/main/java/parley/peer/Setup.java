package parley.peer;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messages.settings.Folders;
import parley.messages.settings.Settings;
import parley.peer.modern.ModernSettings;
import parley.peer.session.PeerSettings;

/**
 * Everything that a peer is told before it starts, checked, and its folders made.
 *
 * @param all for the actor system
 * @param data where history and log live
 * @param home what {@code ~} stands for
 */
record Setup(Settings settings, Config all, World world, Path data, Path home) {
    private static final String PEKKO = "peer-pekko.conf";

    /**
     * @param file the user's settings, or null for none
     * @param options key to value: what the command line says
     * @throws CannotStart if a value can't be used or a folder can't be made
     * @throws parley.messages.settings.BadSettings if anything given can't be read, is unknown or of the wrong kind
     */
    static Setup classic(@Nullable Path file, Map<String, String> options) {
        return of(file, options, (section, data) -> new World.Classic(PeerSettings.of(section)));
    }

    /**
     * @param since where a reader left off, or null for what is new only
     * @see #classic
     */
    static Setup modern(@Nullable Path file, Map<String, String> options, @Nullable Long since) {
        return of(file, options, (section, data) -> new World.Modern(ModernSettings.of(section, data, since)));
    }

    private interface Worlds {
        World of(Config section, Path data);
    }

    private static Setup of(@Nullable Path file, Map<String, String> options, Worlds worlds) {
        var home = userHome();
        var role = ConfigFactory.parseResources(Setup.class.getClassLoader(), PEKKO);
        var settings = Settings.load(role, file, options);
        try {
            var data = folder(
                    settings.text("parley.peer.data"), folders(home).data().resolve("peer"));
            var downloads = folder(settings.text("parley.peer.downloads"), downloads(home, data));
            var all = settings.config()
                    .withValue("parley.peer.downloads", ConfigValueFactory.fromAnyRef(downloads.toString()));
            return new Setup(settings, all, worlds.of(all.getConfig("parley.peer"), data), data, home);
        } catch (IllegalArgumentException | ConfigException unusable) {
            throw CannotStart.misused(String.valueOf(unusable.getMessage()));
        } catch (IOException unmade) {
            throw CannotStart.because("Cannot make the folder " + unmade.getMessage());
        }
    }

    /** Where settings are looked for when nobody says otherwise; null if there are none. */
    static @Nullable Path usualFile() {
        var usual = folders(userHome()).config().resolve("peer.conf");
        return Files.exists(usual) ? usual : null;
    }

    private static Path userHome() {
        return Path.of(System.getProperty("user.home"));
    }

    private static Folders folders(Path home) {
        return Folders.of(System.getenv(), home);
    }

    private static Path downloads(Path home, Path data) {
        var usual = home.resolve("Downloads");
        return Files.isDirectory(usual) ? usual : data.resolve("downloads");
    }

    /** Made private if there is none; one that exists stays as its owner wants it. */
    private static Path folder(String given, Path usual) throws IOException {
        var folder = (given.isEmpty() ? usual : Path.of(given)).toAbsolutePath().normalize();
        try {
            var privately = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(folder, privately);
        } catch (FileAlreadyExistsException file) {
            throw new IOException(folder + ": a file has that name", file);
        }
        return folder;
    }
}
