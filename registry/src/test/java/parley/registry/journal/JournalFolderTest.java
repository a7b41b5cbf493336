package parley.registry.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalFolderTest {
    @TempDir
    Path temp;

    @Test
    void aFolderThatIsAbsentIsMadeForItsOwnerAlone() throws Exception {
        var data = temp.resolve("a/b");
        try (var held = JournalFolder.claim(data)) {
            assertThat(mode(data)).isEqualTo("rwx------");
            assertThat(mode(data.resolve("journal.sqlite"))).isEqualTo("rw-------");
            assertThat(mode(data.resolve("lock"))).isEqualTo("rw-------");
            assertThat(held.config().isEmpty()).isFalse();
        }
    }

    @Test
    void anEmptyFolderThatOthersMayEnterIsClosedToThem() throws Exception {
        var data = Files.createDirectory(temp.resolve("open"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        JournalFolder.claim(data).close();
        assertThat(mode(data)).isEqualTo("rwx------");
    }

    @Test
    void aFolderFullOfOtherThingsIsLeftAsItIs() throws Exception {
        var data = Files.createDirectory(temp.resolve("open"));
        Files.writeString(data.resolve("thesis.txt"), "mine");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(() -> JournalFolder.claim(data))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining(data.toString())
                .hasMessageContaining("expected an empty folder or mode 700");
        assertThat(mode(data)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void aSecondClaimIsRefusedUntilTheFirstIsClosed() throws Exception {
        try (var first = JournalFolder.claim(temp)) {
            assertThatThrownBy(() -> JournalFolder.claim(temp))
                    .isInstanceOf(FolderInUse.class)
                    .hasMessage(
                            "Data folder %s is in use by another registry (process %d);"
                                    + " stop that one or choose another folder",
                            temp.toRealPath(), ProcessHandle.current().pid());
            assertThat(first.config().isEmpty()).isFalse();
            // The refusal must not have cost the first its lock.
            assertThat(claimedByAnotherProcess(temp)).contains("is in use");
        }
        JournalFolder.claim(temp).close();
    }

    @Test
    void aClaimByAnotherProcessEndsWithIt() throws Exception {
        var other = another("hold", temp);
        try (var said = reader(other)) {
            assertThat(said.readLine()).isEqualTo("claimed");
            assertThatThrownBy(() -> JournalFolder.claim(temp))
                    .isInstanceOf(FolderInUse.class)
                    .hasMessageContaining(temp.toRealPath().toString())
                    .hasMessageContaining("process " + other.pid());
        } finally {
            other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        JournalFolder.claim(temp).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"with blanks", "what?journal_mode=DELETE", "100%25", "größe", "a#b", "a&b;c"})
    void anyPathWillDo(String name) throws Exception {
        var data = temp.resolve(name);
        JournalFolder.claim(data).close();
        JournalFolder.claim(data).close();
        assertThat(Files.size(data.resolve("journal.sqlite"))).isPositive();
    }

    @Test
    void aJournalOfALaterVersionIsRefused() throws Exception {
        JournalFolder.claim(temp).close();
        try (var connection = DriverManager.getConnection(SqliteSchema.url(temp.resolve("journal.sqlite")));
                var statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA user_version = 99");
        }
        assertThatThrownBy(() -> JournalFolder.claim(temp))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has layout 99, expected 1");
    }

    @Test
    void aFileThatIsNoJournalIsRefusedAndTheFolderIsFreeAgain() throws Exception {
        Files.writeString(temp.resolve("journal.sqlite"), "certainly no database, whatever its name says. ".repeat(9));
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> JournalFolder.claim(temp))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(FolderInUse.class)
                    .hasMessageContaining("is no journal that can be opened");
        }
    }

    /** What another process claims, and says about it. */
    static final class Claimant {
        public static void main(String[] arguments) throws Exception {
            try (var held = JournalFolder.claim(Path.of(arguments[1]))) {
                System.out.println(held.config().isEmpty() ? "nothing" : "claimed");
                // Until the end of the input, which is our parent's end too.
                while (arguments[0].equals("hold") && System.in.read() >= 0) {}
            } catch (FolderInUse inUse) {
                System.out.println(inUse.getMessage());
            }
        }

        private Claimant() {}
    }

    private static String claimedByAnotherProcess(Path folder) throws Exception {
        var other = another("try", folder);
        try (var said = reader(other)) {
            return said.readLine();
        } finally {
            other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static Process another(String what, Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Claimant.class.getName(),
                        what,
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static BufferedReader reader(Process process) {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
