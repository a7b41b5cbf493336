package parley.proving.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The harness itself, with shell scripts in the launcher's place. */
@Isolated("It says where the launcher is, for all in this process.")
class RunningTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration AT_ONCE = Duration.ofMillis(200);

    /** Answers every command, and is as stubborn as a test wants it. */
    private static final String OBEDIENT = """
            echo '{"event":"ready","classic":"127.0.0.1:41233"}'
            while read verb rest; do
              case $verb in
                complain) echo "$rest" >&2; echo '{"event":"ok","command":"complain"}';;
                fail) echo '{"event":"error","command":"fail","message":"no"}';;
                options) printf '{"event":"ok","command":"options","java":"%s","line":"%s"}\\n' \
                           "$PARLEY_JAVA_OPTS" "$line";;
                say) echo "$rest";;
                hang) sleep 600;;
              esac
            done
            exit 3
            """;

    @TempDir
    Path home;

    @AfterEach
    void forget() {
        System.clearProperty(Launcher.OVERRIDE);
    }

    @Test
    void readyTellsTheAddress() throws Exception {
        try (var registry = started(OBEDIENT)) {
            assertThat(registry.address()).isEqualTo("127.0.0.1:41233");
        }
    }

    @Test
    void theCommandLineAndTheJvmOptionsReachTheLauncher() throws Exception {
        script(OBEDIENT);
        var launch =
                Launch.registry(home).with("--classic-listen", "127.0.0.1:7").onJvm("-Xmx64m");
        try (var registry = Running.ready(launch)) {
            var seen = registry.run("options");

            assertThat(seen.path("java").asText()).isEqualTo("-Xmx64m");
            assertThat(seen.path("line").asText())
                    .isEqualTo("registry --json --data " + home + " --listen 127.0.0.1:0 --classic-listen 127.0.0.1:7");
        }
    }

    @Test
    void anEventIsTakenOnceAndInAnyOrder() throws Exception {
        try (var peer = started(OBEDIENT)) {
            for (var n : new int[] {1, 2, 2}) peer.type("say {\"event\":\"message\",\"text\":\"%d\"}".formatted(n));

            peer.await("second", Running.with("text", "2"), SOON);
            peer.await("first", Running.with("text", "1"), SOON);
            peer.await("third", Running.with("text", "2"), SOON);
            assertThatThrownBy(() -> peer.await("a fourth", Running.event("message"), AT_ONCE))
                    .hasMessageContaining("no a fourth within 200 ms");
        }
    }

    @Test
    void aFailureShowsWhatTheProgramSaidLast() throws Exception {
        try (var peer = started(OBEDIENT)) {
            peer.run("complain the disk is full");

            assertThatThrownBy(() -> peer.await("message", Running.event("message"), AT_ONCE))
                    .hasMessageContaining("err| the disk is full")
                    .hasMessageContaining("out| {\"event\":\"ok\",\"command\":\"complain\"}");
            assertThatThrownBy(() -> peer.run("fail")).hasMessageContaining("\"message\":\"no\"");
        }
    }

    @Test
    void aLineThatIsNoJsonIsAFailureWheneverItCame() throws Exception {
        try (var peer = started(OBEDIENT)) {
            peer.type("say WARNING: something deprecated");
            peer.type("say {\"event\":\"message\"}");

            assertThatThrownBy(() -> {
                        peer.await("message", Running.event("message"), SOON);
                        peer.await("another", Running.event("message"), SOON);
                    })
                    .hasMessageContaining("no JSON object on stdout: WARNING: something deprecated");
        }
    }

    @Test
    void waitingEndsWhenTheProgramDoes() throws Exception {
        try (var peer = started(OBEDIENT)) {
            peer.endInput();

            assertThatThrownBy(() -> peer.await("message", Running.event("message"), SOON))
                    .hasMessageContaining("ended before message");
            assertThat(peer.awaitExit(SOON)).isEqualTo(3);
        }
    }

    @Test
    void aKilledProgramTakesItsChildrenAlong() throws Exception {
        var peer = started(OBEDIENT);
        peer.type("hang");
        var child = awaitChild(peer.pid());

        peer.kill();

        assertThat(child.isAlive()).isFalse();
        assertThat(ProcessHandle.of(peer.pid())).isEmpty();
    }

    @Test
    void aProgramThatDiesBeforeItIsReadySaysWhy() throws Exception {
        script("echo 'no JDK found' >&2; exit 1");

        assertThatThrownBy(() -> Running.registry(home)).hasMessageContaining("ended before ready");
    }

    private Running started(String body) throws IOException, InterruptedException {
        script(body);
        return Running.registry(home);
    }

    private void script(String body) throws IOException {
        var script = Files.writeString(home.resolve("fake"), "#!/bin/sh\nline=\"$*\"\n" + body);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        System.setProperty(Launcher.OVERRIDE, script.toString());
    }

    private static ProcessHandle awaitChild(long pid) {
        var parent = ProcessHandle.of(pid).orElseThrow();
        var deadline = System.nanoTime() + SOON.toNanos();
        while (System.nanoTime() < deadline) {
            var child = parent.children().findFirst();
            if (child.isPresent()) return child.get();
            Thread.onSpinWait();
        }
        throw new AssertionError("no child");
    }
}
