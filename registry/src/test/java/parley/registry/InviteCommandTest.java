package parley.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.registry.journal.JournalFolder;
import picocli.CommandLine;

class InviteCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void aCodeIsPrintedWhetherOrNotTheRegistryRuns() throws Exception {
        JournalFolder.claim(folder).close();
        assertThat(run("invite", "--data", folder.toString())).isZero();
        assertThat(out.toString()).matches("[A-Za-z0-9_-]{22}\n");
        try (var held = JournalFolder.claim(folder)) {
            assertThat(held.identity()).isNotNull();
            assertThat(run("--data", folder.toString(), "invite", "--json")).isZero();
        }
        assertThat(out.toString().lines().toList().getLast())
                .matches("\\{\"event\":\"invitation\",\"code\":\"[A-Za-z0-9_-]{22}\"}");
    }

    @Test
    void whereNobodyNeedsOneItSaysSo() throws Exception {
        JournalFolder.claim(folder).close();
        run("invite", "--data", folder.toString());
        assertThat(err.toString()).contains("nobody needs it as long as parley.registry.sign-up is not invite");
        var conf = Files.writeString(folder.resolve("registry.conf"), "parley.registry.sign-up = invite");
        err.getBuffer().setLength(0);
        run("invite", "--conf", conf.toString(), "--data", folder.toString());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aFolderThatIsNoRegistrysIsLeftAlone() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(run("invite", "--data", folder.toString())).isEqualTo(RegistryMain.FAILED);
        assertThat(err.toString())
                .startsWith("parley registry: no registry in ")
                .hasLineCount(1);
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
        assertThat(Files.getPosixFilePermissions(folder)).isEqualTo(PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int run(String... arguments) {
        return new CommandLine(new RegistryMain())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
