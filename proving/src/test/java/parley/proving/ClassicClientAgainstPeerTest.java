package parley.proving;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.proving.process.Running.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.proving.classic.ClassicClient;
import parley.proving.process.Launch;
import parley.proving.process.Running;

/** Carol's client is a classic one, Bob's is ours. She must not notice. */
@Timeout(900)
class ClassicClientAgainstPeerTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int MIB = 1024 * 1024;

    @TempDir
    static Path folder;

    static Scene scene;
    static ClassicClient carol;
    static Running bob;

    @BeforeAll
    static void everyoneArrives() throws Exception {
        scene = Scene.open(folder);
        carol = scene.classic("carol");
        bob = scene.peer("bob");
        carol.create("team");
        bob.run("JOIN team");
    }

    @AfterAll
    static void everyoneLeaves() throws Exception {
        scene.close();
    }

    @AfterEach
    void carolUnderstoodEverything() {
        assertThat(carol.failures()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a", "exactly8", "hello there bob", "a:b:c::", "naïve café ☕", "🦜 says 你好 🦜🦜🦜🦜🦜🦜🦜🦜"
            })
    void aTextFromCarolReachesBob(String text) throws Exception {
        carol.sendText("bob", text);

        var message = bob.await("message", event("message"), SOON);
        assertThat(message.path("from").asText()).isEqualTo("carol");
        assertThat(message.path("text").asText()).isEqualTo(text);
        assertThat(message.path("protocol").asText()).isEqualTo("classic");
        assertThat(message.has("group")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "exactly8", "hello carol", "a:b:c::", "naïve café ☕", "🦜 says 你好 🦜"})
    void aTextFromBobReachesCarol(String text) throws Exception {
        var answer = bob.run("SEND carol -- " + text);

        var received = carol.awaitText(SOON);
        assertThat(received.from()).isEqualTo("bob");
        assertThat(received.text()).isEqualTo(text);
        assertThat(received.length()).isEqualTo(text.codePointCount(0, text.length()));
        assertThat(answer.path("to").asText()).isEqualTo("carol");
        assertThat(answer.path("delivered").asInt()).isEqualTo(1);
    }

    @Test
    void aTextLongerThanCarolCanReadArrivesInPieces() throws Exception {
        var text = "naïve ☕ 🦜 ".repeat(200).strip();

        bob.run("SEND carol -- " + text);

        var seen = new StringBuilder();
        while (seen.length() < text.length()) seen.append(carol.awaitText(SOON).text());
        assertThat(seen).hasToString(text);
    }

    @Test
    void groupTextsGoBothWays() throws Exception {
        assertThat(carol.sendGroupText("team", "hi all")).isEqualTo(1);
        var message = bob.await("message", event("message"), SOON);
        assertThat(message.path("group").asText()).isEqualTo("team");
        assertThat(message.path("text").asText()).isEqualTo("hi all");
        assertThat(message.has("from"))
                .as("a classic group text does not say who wrote it")
                .isFalse();

        var answer = bob.run("SEND GROUP team hello everyone");
        assertThat(answer.path("group").asText()).isEqualTo("team");
        assertThat(answer.path("delivered").asInt()).isEqualTo(1);
        var received = carol.awaitText(SOON);
        assertThat(received.group()).isTrue();
        assertThat(received.from()).isEqualTo("team");
        assertThat(received.text()).isEqualTo("hello everyone");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 1023, 1024, 1025, 5 * MIB})
    void aFileFromCarolReachesBobWithTheZeroDigitsThatSheAdds(int size) throws Exception {
        var content = random(size);

        carol.sendFile("bob", written("carol", "from carol-%d.bin".formatted(size), content));

        var file = bob.await("file", event("file"), SOON);
        assertThat(file.path("from").asText()).isEqualTo("carol");
        assertThat(file.path("name").asText()).isEqualTo("from carol-%d.bin".formatted(size));
        assertReceived(file, filledUp(content));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 1023, 1024, 1025, 5 * MIB})
    void aFileFromBobReachesCarolByteForByte(int size) throws Exception {
        var content = random(size);
        var file = written("bob", "from bob-%d.bin".formatted(size), content);

        bob.run("SEND carol FILE \"%s\"".formatted(file));

        var received = carol.awaitFile(SOON);
        assertThat(received.stored().getFileName()).hasToString("received_from_bob_from bob-%d.bin".formatted(size));
        assertThat(received.bytes()).isEqualTo(size);
        assertThat(received.stored()).hasBinaryContent(content);
    }

    @Test
    void groupFilesGoBothWays() throws Exception {
        var content = random(3001);

        carol.sendGroupFile("team", written("carol", "minutes.bin", content));
        var file = bob.await("file", event("file"), SOON);
        assertThat(file.path("group").asText()).isEqualTo("team");
        assertReceived(file, filledUp(content));

        bob.run("SEND GROUP team FILE " + written("bob", "answer.bin", content));
        var received = carol.awaitFile(SOON);
        assertThat(received.stored().getFileName()).hasToString("received_from_group_team_answer.bin");
        assertThat(received.stored()).hasBinaryContent(content);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../../over.bin", "/etc/passwd", "a:b/c:d.bin", "..", ".ssh", "x\u001b[2Jy", "ab\u202Egnp.exe"})
    void whateverAFileIsCalledItStaysInTheDownloadFolder(String typedPath) throws Exception {
        carol.sendFile("bob", typedPath, written("carol", "harmless", random(16)));

        var file = bob.await("file", event("file"), SOON);
        var path = Path.of(file.path("path").asText());
        assertThat(path.getParent()).isEqualTo(Launch.downloads(scene.home("bob")));
        assertThat(path.getFileName().toString()).matches("[^/\\p{Cc}\\p{Cf}]+");
        assertReceived(file, random(16));
    }

    @Test
    void theSameNameTwiceReplacesNothing() throws Exception {
        carol.sendFile("bob", written("carol", "twice.bin", random(8)));
        carol.sendFile("bob", written("carol", "twice.bin", random(24)));

        var first = bob.await("file", event("file").and(bytes(8)), SOON);
        var second = bob.await("file", event("file").and(bytes(24)), SOON);
        assertThat(first.path("path").asText()).endsWith("/twice.bin");
        assertThat(second.path("path").asText()).endsWith("/twice (1).bin");
        assertReceived(first, random(8));
        assertReceived(second, random(24));
    }

    @Test
    void whoIsNotThereIsAnErrorAndNothingBreaks() throws Exception {
        var answer = bob.attempt("SEND nobody hello");
        assertThat(answer.path("event").asText()).isEqualTo("error");
        assertThat(answer.path("message").asText()).isNotBlank();

        bob.run("SEND carol still here");
        assertThat(carol.awaitText(SOON).text()).isEqualTo("still here");
    }

    @Test
    void whoHasLeftTheGroupConversationIsNamedAsMissed() throws Exception {
        bob.run("CREATE ghosts");
        var ghost = scene.classic("ghost");
        ghost.join("ghosts");
        carol.join("ghosts");
        ghost.stopListening(); // still signed in, but nobody opens

        var answer = bob.run("SEND GROUP ghosts boo");

        assertThat(carol.awaitText(SOON).text()).isEqualTo("boo");
        assertThat(answer.path("delivered").asInt()).isEqualTo(1);
        assertThat(answer.path("missed")).hasSize(1);
    }

    @Test
    void bobListsAndNamesMembersAsClassicGroupsHaveThem() throws Exception {
        assertThat(bob.run("LIST").path("groups"))
                .anySatisfy(group -> assertThat(group.toString()).isEqualTo("{\"name\":\"team\",\"members\":2}"));
        assertThat(bob.run("MEMBERS").path("groups"))
                .anySatisfy(group ->
                        assertThat(group.toString()).isEqualTo("{\"name\":\"team\",\"members\":[\"carol\",\"bob\"]}"));
    }

    private static Predicate<JsonNode> bytes(int size) {
        return event -> event.path("bytes").asInt() == size;
    }

    private static void assertReceived(JsonNode file, byte[] content) {
        assertThat(file.path("bytes").asInt()).isEqualTo(content.length);
        assertThat(Path.of(file.path("path").asText())).hasBinaryContent(content);
    }

    private static Path written(String owner, String name, byte[] content) throws IOException {
        var outbox = Files.createDirectories(scene.home(owner).resolve("outbox"));
        return Files.write(outbox.resolve(name), content);
    }

    private static byte[] random(int size) {
        var content = new byte[size];
        new Random(size).nextBytes(content);
        return content;
    }

    private static byte[] filledUp(byte[] content) {
        var full = Arrays.copyOf(content, (content.length + 7) / 8 * 8);
        Arrays.fill(full, content.length, full.length, "0".getBytes(StandardCharsets.US_ASCII)[0]);
        return full;
    }
}
