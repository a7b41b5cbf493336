package parley.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command line up to the point where a registry would start. */
class RegistryMainTest {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void helpNamesEveryOption() {
        assertThat(run("-h")).isZero();
        assertThat(out.toString())
                .contains(
                        "--conf=FILE",
                        "--data=DIR",
                        "--listen=HOST:PORT",
                        "--classic-listen=HOST:PORT",
                        "invite",
                        "--json",
                        "--until-eof");
    }

    @Test
    void versionIsOneLine() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("Parley ").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({"--dat=x, --data", "--classic-listn=x, --classic-listen", "--jsn, --json"})
    void anUnknownOptionNamesTheNearest(String option, String nearest) {
        assertThat(run(option)).isEqualTo(RegistryMain.MISUSED);
        assertThat(err.toString()).contains("Unknown option", nearest).doesNotContain("\tat ");
    }

    @Test
    void aWrongSettingIsMisuse() throws IOException {
        var file = Files.writeString(folder.resolve("registry.conf"), "parley.registry.classic.lisen = \"x:1\"");
        assertThat(run("--conf", file.toString(), "--data", folder.toString())).isEqualTo(RegistryMain.MISUSED);
        assertThat(err.toString())
                .isEqualTo(
                        "parley registry: %s:1: unknown key parley.registry.classic.lisen, did you mean".formatted(file)
                                + " parley.registry.classic.listen?\n");
    }

    @Test
    void aFolderThatCannotBeHadIsAFailure() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");
        assertThat(run("--data", file.toString(), "--classic-listen", "127.0.0.1:0"))
                .isEqualTo(RegistryMain.FAILED);
        assertThat(err.toString()).startsWith("parley registry: data folder ").hasLineCount(1);
    }

    private int run(String... arguments) {
        return new CommandLine(new RegistryMain())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
