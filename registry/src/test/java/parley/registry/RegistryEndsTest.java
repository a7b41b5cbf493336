package parley.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.settings.BadSettings;

/** How a registry starts, fails to start, turns away and stops. */
@Timeout(120)
class RegistryEndsTest {
    private static final String NO_GROUPS = "Error:No groups";
    private static final int ACCEPTED = 6;
    private static final Duration STOP_MAX = Duration.ofSeconds(5);

    @TempDir
    Path data;

    @Test
    void whatWasAcceptedIsAnsweredBeforeItStops() throws IOException {
        var registry = new Running(data);
        var clients = new ArrayList<ClassicSocket>();
        var answers = new ArrayList<String>();
        // The first passwords take a second each, before their hashing is compiled.
        try (var early = registry.connect()) {
            for (int i = 0; i < 10; i++) early.signedUp("early" + i);
        }
        // These take some 30 ms of a core each, so that most are still being worked on when it stops.
        for (int i = 0; i < ACCEPTED; i++) {
            clients.add(registry.connect().send("client_info:nobody\nsignup user%d secret 10.0.0.7:1\n".formatted(i)));
        }
        // Whose first line was answered had its second one received: both came in one read.
        for (var client : clients) answers.add(new String(client.receive(), StandardCharsets.UTF_8));
        long before = System.nanoTime();
        registry.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(STOP_MAX);
        for (int i = 0; i < ACCEPTED; i++) {
            assertThat(answers.get(i) + clients.get(i).rest()).isEqualTo("Error:No user nobody" + "Signup successful");
        }
        for (var client : clients) client.close();
        // And what was answered is there.
        try (var again = new Running(data);
                var client = again.connect()) {
            for (int i = 0; i < ACCEPTED; i++) {
                assertThat(client.ask("signup user%d secret 10.0.0.7:1\n".formatted(i)))
                        .isEqualTo("Error:Name user%d is taken".formatted(i));
            }
        }
    }

    @Test
    void whatIsStoppedWhileItStartsIsStartedFirst() {
        var registry = Registry.start(Running.settings(Map.of()), data);
        long before = System.nanoTime();
        assertThat(registry.stop()).succeedsWithin(Duration.ofSeconds(30));
        assumeThat(Duration.ofNanos(System.nanoTime() - before))
                .as("a machine so busy that it was not waited for")
                .isLessThan(Registry.START_MAX);
        assertThat(registry.ready()).isCompleted();
    }

    @Test
    void tooManyStrangersAreTurnedAwayWithOneLine() throws IOException {
        try (var registry = new Running(data, Map.of("parley.registry.classic.strangers-nearby", "2"))) {
            var first = registry.connect();
            assertThat(first.ask("list")).isEqualTo(NO_GROUPS);
            assertThat(registry.connect().ask("list")).isEqualTo(NO_GROUPS);
            try (var third = registry.connect()) {
                assertThat(third.rest()).isEqualTo("Error:Too many connections, sign in or try again later");
            }
            first.signedIn("alice", 1);
            assertThat(registry.connect().ask("list")).isEqualTo(NO_GROUPS);
            first.hangUp();
        }
    }

    @Test
    void whatTakesTooLongIsBusyAndTheConnectionStays() throws IOException {
        try (var registry = new Running(data, Map.of("parley.registry.classic.answer", "1ms"));
                var client = registry.connect()) {
            // A password takes some 30 ms to be hashed; on a busy machine the clock that notices may be later still.
            var answer = "";
            for (int i = 0; i < 50 && !answer.equals("Error:Registry is busy"); i++)
                answer = client.ask("signup alice%d secret 10.0.0.7:1\n".formatted(i));
            assertThat(answer).isEqualTo("Error:Registry is busy");
            assertThat(client.ask("what?\n")).isEqualTo("Error:Invalid command");
        }
    }

    @Test
    void aTakenPortIsSaidInOneLine() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var at = "127.0.0.1:" + taken.getLocalPort();
            var registry = Registry.start(Running.settings(Map.of("parley.registry.classic.listen", at)), data);
            assertThat(registry.ready())
                    .failsWithin(Duration.ofSeconds(60))
                    .withThrowableThat()
                    .withMessageContaining("cannot listen on %s: Address already in use".formatted(at));
            assertThat(registry.stop()).succeedsWithin(Duration.ofSeconds(30));
        }
    }

    @Test
    void anAddressOfAnotherMachineIsSaidInOneLine() {
        var registry =
                Registry.start(Running.settings(Map.of("parley.registry.classic.listen", "203.0.113.1:7300")), data);
        assertThat(registry.ready())
                .failsWithin(Duration.ofSeconds(60))
                .withThrowableThat()
                .withMessageContaining("cannot listen on 203.0.113.1:7300: Cannot assign requested address");
        assertThat(registry.stop()).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void aFolderInUseIsSaidInOneLine() {
        try (var first = new Running(data)) {
            assertThatThrownBy(() -> Registry.start(Running.settings(Map.of()), data))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("is in use by another registry");
            assertThat(first.registry.ready()).isCompleted();
        }
    }

    @Test
    void aFileInPlaceOfTheFolderIsSaidInOneLine() throws IOException {
        var file = Files.writeString(data.resolve("file"), "no folder");
        assertThatThrownBy(() -> Registry.start(Running.settings(Map.of()), file))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aDamagedJournalIsSaidInOneLine() throws IOException {
        Files.createDirectories(data);
        Files.writeString(data.resolve("journal.sqlite"), "this is no database, whatever its name says. ".repeat(100));
        assertThatThrownBy(() -> Registry.start(Running.settings(Map.of()), data))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("journal.sqlite is no journal that can be opened");
    }

    @Test
    void aListenAddressThatIsNoneIsAWrongSetting() {
        assertThatThrownBy(
                        () -> Registry.start(Running.settings(Map.of("parley.registry.classic.listen", "7300")), data))
                .isInstanceOf(BadSettings.class)
                .hasMessage("command line: parley.registry.classic.listen is \"7300\", expected HOST:PORT such as"
                        + " 127.0.0.1:7300");
    }
}
