package parley.proving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parley.proving.process.Launch;
import parley.proving.process.Running;

/** The programs as scripts use them: lines in, lines and an exit code out. */
@Timeout(900)
class CommandLineTest {
    private static final Duration SOON = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void aPipeThatWentWellEndsWithZero() throws Exception {
        try (var scene = Scene.open(folder)) {
            var carol = scene.classic("carol");
            try (var pipe = plainPeer(scene.registry())) {
                var password = Scene.PASSWORD;
                for (var line : new String[] {
                    "signup pip " + password, "signin pip " + password, "CREATE pipers", "SEND carol from a pipe"
                }) pipe.type(line);
                pipe.endInput();

                assertThat(pipe.awaitExit(SOON)).as(pipe.tail()).isZero();
                assertThat(carol.awaitText(SOON).text()).isEqualTo("from a pipe");
                assertThat(pipe.tail())
                        .contains("pipers")
                        .doesNotContain(password)
                        .doesNotContain("\u001b");
            }
        }
    }

    @Test
    void aPipeInWhichACommandFailedEndsWithOne() throws Exception {
        try (var scene = Scene.open(folder);
                var pipe = plainPeer(scene.registry())) {
            pipe.type("signup pip " + Scene.PASSWORD);
            pipe.type("danse");
            pipe.type("SEND nobody hello");
            pipe.endInput();

            assertThat(pipe.awaitExit(SOON)).as(pipe.tail()).isEqualTo(1);
        }
    }

    @Test
    void aRegistryThatWasNeverReachedEndsWithThree() throws Exception {
        try (var pipe = plainPeer("127.0.0.1:" + portThatNobodyListensAt())) {
            pipe.type("LIST");
            pipe.endInput();

            assertThat(pipe.awaitExit(SOON)).as(pipe.tail()).isEqualTo(3);
        }
    }

    @Test
    void anUnknownOptionIsAnErrorThatNamesTheNearest() throws Exception {
        try (var wrong =
                Launch.registry(folder).with("--classic-listn", "127.0.0.1:0").start()) {
            assertThat(wrong.awaitExit(SOON)).isNotZero();
            assertThat(wrong.tail()).contains("--classic-listn").contains("--classic-listen");
        }
    }

    @Test
    void anUnknownKeyInAConfigurationIsAnErrorThatNamesTheNearest() throws Exception {
        var conf = Files.writeString(folder.resolve("wrong.conf"), "parley.registry.clasic.listen = \"127.0.0.1:0\"\n");
        try (var wrong = Launch.registry(folder).with("--conf", conf.toString()).start()) {
            assertThat(wrong.awaitExit(SOON)).isNotZero();
            assertThat(wrong.tail()).contains("parley.registry.clasic").contains("parley.registry.classic");
        }
    }

    @Test
    void theDemoPlaysByItselfAndLeavesNothingBehind() throws Exception {
        var temporary = Files.createDirectory(folder.resolve("tmp"));
        var before = children();
        var launch = Launch.bare("demo", folder.resolve("home")).onJvm("-Djava.io.tmpdir=" + temporary);
        try (var demo = launch.start()) {
            demo.endInput();

            assertThat(demo.awaitExit(SOON)).as(demo.tail()).isZero();
        }
        assertThat(temporary).isEmptyDirectory();
        assertThat(folder.resolve("home")).isEmptyDirectory();
        assertThat(children()).isEqualTo(before);
    }

    private Running plainPeer(String registry) throws IOException {
        return Launch.peer(registry, folder.resolve("pip")).without("--json").start();
    }

    private static Set<Long> children() {
        return ProcessHandle.current().descendants().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    private static int portThatNobodyListensAt() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
