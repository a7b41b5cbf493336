package parley.peer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever starts the program wrongly is told: one line, and an exit code. */
class PeerMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** Nobody types. Standard input would be the one through which the test is run. */
    private final Pipe pipe = new Pipe(new PipedInputStream(new PipedOutputStream()), out);

    PeerMainTest() throws IOException {}

    @TempDir
    Path folder;

    @Test
    void aCursorIsForPrograms() {
        assertThat(run("peer", "--since", "7")).isEqualTo(2);
        assertThat(said()).isEqualTo("parley peer: --since is for programs, expected --json with it");
        for (var bad : List.of("x", "-1", "9223372036854775808")) {
            assertThat(run("peer", "--json", "--since=" + bad)).isEqualTo(2);
            assertThat(said()).endsWith("Bad cursor %s, expected the cursor of a message, or 0".formatted(bad));
        }
    }

    @Test
    void aFingerprintThatIsNoneIsNamed() {
        assertThat(run("peer", "--json", "--registry", "127.0.0.1:7400#short")).isEqualTo(2);
        assertThat(said()).contains("Bad fingerprint in 127.0.0.1:7400#short");
        var mistyped = "127.0.0.1:7400#AbxMabuQlu_-k15L9Tb1dWX5camQSD5jpfj0G-mcLBU";
        assertThat(run("peer", "--json", "--registry", mistyped)).isEqualTo(2);
        assertThat(said())
                .endsWith("No registry has the fingerprint in %s: look for a wrong character".formatted(mistyped));
    }

    @Test
    void anUnknownOptionNamesTheNearest() {
        assertThat(run("peer", "--classic", "--regisry", "x:1")).isEqualTo(2);
        assertThat(said()).contains("--regisry").contains("did you mean --registry?");
        assertThat(run("demo", "--hepl")).isEqualTo(2);
        assertThat(said()).contains("did you mean --help?");
        assertThat(run("peer", "--classic", "--data")).isEqualTo(2);
        assertThat(said()).contains("--data");
    }

    @Test
    void anUnknownKeyNamesTheNearestAndItsLine() throws IOException {
        var conf = Files.writeString(folder.resolve("my.conf"), "parley.peer {\n  regstry = \"x:1\"\n}\n");
        assertThat(run("peer", "--classic", "--conf", conf.toString())).isEqualTo(2);
        assertThat(said()).contains("my.conf:2").contains("parley.peer.registry");
    }

    @Test
    void valuesThatCannotBeUsedAreNamed() throws IOException {
        assertThat(run("peer", "--classic", "--conf", "/no/such/file")).isEqualTo(2);
        assertThat(said()).contains("/no/such/file").contains("no such file");
        assertThat(start("--listen", "nonsense")).isEqualTo(2);
        assertThat(said()).contains("nonsense").contains("HOST:PORT");
        var file = Files.createFile(folder.resolve("file"));
        assertThat(run("peer", "--classic", "--json", "--data", file.toString()))
                .isEqualTo(1);
        assertThat(said()).contains(file.toString());
    }

    @Test
    void aPortInUseIsOneLine() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var at = "127.0.0.1:" + taken.getLocalPort();
            assertThat(start("--listen", at)).isEqualTo(1);
            assertThat(said()).contains("Cannot listen on " + at);
        }
    }

    @Test
    void everyCommandExplainsItself() {
        for (var command : List.of(List.of("--help"), List.of("peer", "-h"), List.of("demo", "--help"))) {
            assertThat(run(command.toArray(String[]::new))).isZero();
            assertThat(out.toString(UTF_8)).startsWith("Usage: parley");
            assertThat(err.toString(UTF_8)).isEmpty();
            out.reset();
        }
        assertThat(run("--version")).isZero();
        assertThat(out.toString(UTF_8)).startsWith("Parley ");
    }

    @Test
    void whatHasNothingToExplainIsReadAsPicocliWould() {
        assertThat(PeerCommand.plain(pipe, "--classic", "--json", "--data=x", "--registry", "y:1"))
                .isNotNull();
        for (var other : List.of("-h", "--help", "--registry", "x", "--classic=true", "--data=--json"))
            assertThat(PeerCommand.plain(pipe, "--classic", other)).as(other).isNull();
    }

    /** As the launcher does before the first start, which must touch nothing of the user's. */
    @Test
    void theStartCanBeLearnt() throws Exception {
        var before = trainingFolders();
        assertThat(new Training(testConf()).call()).isZero();
        assertThat(trainingFolders()).isEqualTo(before);
    }

    /** Somebody else may be training on this machine, too. */
    private static List<Path> trainingFolders() throws IOException {
        try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(path -> path.getFileName().toString().startsWith("parley-train"))
                    .sorted()
                    .toList();
        }
    }

    /** The stream test kit on our class path is older than Pekko, which would refuse to start. */
    private Path testConf() throws IOException {
        return Files.writeString(folder.resolve("test.conf"), "pekko.fail-mixed-versions = off");
    }

    private int start(String... options) throws IOException {
        var all = new ArrayList<>(List.of("peer", "--classic", "--json", "--registry", "127.0.0.1:1"));
        all.addAll(List.of("--data", folder.toString(), "--downloads", folder.toString()));
        all.addAll(List.of("--conf", testConf().toString()));
        all.addAll(List.of(options));
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        err.reset();
        return PeerMain.execute(pipe, err, arguments);
    }

    /** The one line on standard error. */
    private String said() {
        assertThat(err.toString(UTF_8).lines()).hasSize(1);
        return err.toString(UTF_8).strip();
    }
}
