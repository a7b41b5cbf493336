package parley.proving;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.proving.process.Running.event;
import static parley.proving.process.Running.with;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parley.proving.classic.ClassicClient;
import parley.proving.process.Launch;
import parley.proving.process.Running;

/** A registry that goes and comes, is told to stop, or finds another one in its place. */
@Timeout(900)
class RegistryAwayTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    /** Less than a question to a registry that says nothing would be waited for, which is 8 s. */
    private static final Duration AT_ONCE = Duration.ofSeconds(6);

    private static final Duration TO_STOP = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    @Test
    void aPeerSaysThatTheRegistryIsLostAndComesBackByItself() throws Exception {
        var data = folder.resolve("registry");
        var first = Running.registry(data);
        var address = first.address();
        try (first;
                var bob = Running.peer(address, folder.resolve("bob"))) {
            bob.run("signup bob " + Scene.PASSWORD);
            bob.run("signin bob " + Scene.PASSWORD);

            first.kill();

            bob.await("registry lost", event("registry").and(with("state", "lost")), SOON);
            bob.type("LIST");
            var refused = bob.await("error at once", event("error").and(with("command", "list")), AT_ONCE);
            assertThat(refused.path("message").asText()).isNotBlank();

            try (var second = Running.ready(Launch.registry(data).with("--classic-listen", address));
                    var carol =
                            ClassicClient.connect(second.address(), Files.createDirectory(folder.resolve("carol")))) {
                bob.await("registry back", event("registry").and(with("state", "back")), SOON);
                carol.enter("carol", Scene.PASSWORD).sendText("bob", "there you are");
                assertThat(bob.await("message", event("message"), SOON)
                                .path("text")
                                .asText())
                        .isEqualTo("there you are");
            }
        }
    }

    @Test
    void onSigtermARegistryStopsInTimeAndKeepsWhatItHas() throws Exception {
        var data = folder.resolve("registry");
        try (var registry = Running.registry(data);
                var carol = ClassicClient.connect(registry.address(), folder)) {
            carol.enter("carol", Scene.PASSWORD);

            registry.terminate();

            registry.awaitExit(TO_STOP);
            assertThat(hungUpOn(carol)).isTrue();
        }
        try (var registry = Running.registry(data);
                var carol = ClassicClient.connect(registry.address(), folder)) {
            assertThat(carol.signin("carol", Scene.PASSWORD)).isNotEmpty();
        }
    }

    @Test
    void aSecondRegistryOnTheSameDataIsRefused() throws Exception {
        try (var first = Running.registry(folder);
                var second = Launch.registry(folder).start()) {
            assertThat(second.awaitExit(SOON)).isNotZero();
            assertThat(second.tail()).contains(folder.toString());

            try (var carol = ClassicClient.connect(first.address(), folder)) {
                assertThat(carol.signup("carol", Scene.PASSWORD)).isNotEmpty();
            }
        }
    }

    private static boolean hungUpOn(ClassicClient client) {
        try {
            return client.request("list").isEmpty();
        } catch (IOException reset) {
            return true;
        }
    }
}
