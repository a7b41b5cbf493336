package parley.proving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.proving.classic.ClassicClient;
import parley.proving.process.Launch;

/** What a person at a terminal sees; a real pty, real keys. */
@Timeout(900)
class TerminalTest {
    private static final Duration SOON = Duration.ofMinutes(2);
    /** What may hang is given up after 2 s; a machine with much to do takes some more until that is on the screen. */
    private static final Duration TO_LEAVE = Duration.ofSeconds(6);

    private static final String LEFT_WELL = "left with 0";

    @TempDir
    static Path folder;

    static Scene scene;
    static ClassicClient carol;

    @BeforeAll
    static void everyoneArrives() throws Exception {
        scene = Scene.open(folder);
        carol = scene.classic("carol");
        carol.create("barbershop");
    }

    @AfterAll
    static void everyoneLeaves() throws Exception {
        scene.close();
    }

    @Test
    void twoHundredTextsLeaveAHalfTypedLineIntact() throws Exception {
        try (var terminal = signedIn("abe")) {
            terminal.type("SEND carol half a li");
            terminal.awaitTyped("SEND carol half a li", SOON);

            for (int n = 0; n < 200; n++) carol.sendText("abe", "text number %d.".formatted(n));
            terminal.awaitText("text number 199.", SOON);
            terminal.awaitTyped("SEND carol half a li", SOON);

            var lines = terminal.lines();
            assertThat(lines).filteredOn(line -> line.contains("half a li")).hasSize(1);
            assertThat(lines.stream()
                            .filter(line -> line.contains("text number"))
                            .map(line -> line.substring(line.indexOf("text number"))))
                    .containsExactlyElementsOf(IntStream.range(0, 200)
                            .mapToObj("text number %d."::formatted)
                            .toList());
            terminal.enter("ne");
            assertThat(carol.awaitText(SOON).text()).isEqualTo("half a line");
        }
    }

    @Test
    void tabCompletesCommandsGroupsUsersMetAndPaths() throws Exception {
        try (var terminal = signedIn("bea")) {
            terminal.type("MEMB");
            terminal.press("Tab");
            terminal.await(
                    "MEMBERS",
                    lines -> lines.getLast().strip().toUpperCase(Locale.ROOT).endsWith("MEMBERS"),
                    SOON);
            terminal.press("C-c");

            terminal.enter("LIST");
            terminal.awaitText("barbershop", SOON);
            terminal.type("JOIN barb");
            terminal.press("Tab");
            terminal.await("barbershop", lines -> lines.getLast().strip().endsWith("JOIN barbershop"), SOON);
            terminal.press("C-c");

            carol.sendText("bea", "we have met");
            terminal.awaitText("we have met", SOON);
            terminal.type("SEND caro");
            terminal.press("Tab");
            terminal.await("carol", lines -> lines.getLast().strip().endsWith("SEND carol"), SOON);
            terminal.press("C-c");

            Files.writeString(scene.home("bea").resolve("timetable.txt"), "8:00");
            terminal.type("SEND carol FILE timet");
            terminal.press("Tab");
            terminal.await("path", lines -> lines.getLast().strip().endsWith("timetable.txt"), SOON);
        }
    }

    @Test
    void historyOutlivesTheProgramAndHoldsNoPassword() throws Exception {
        try (var terminal = signedIn("cid")) {
            terminal.enter("SEND carol remember me");
            assertThat(carol.awaitText(SOON).text()).isEqualTo("remember me");
            terminal.enter("EXIT");
            terminal.awaitText(LEFT_WELL, SOON);
        }
        try (var terminal = started("cid")) {
            terminal.press("Up");
            terminal.press("Up");
            terminal.awaitTyped("SEND carol remember me", SOON);
            for (int n = 0; n < 10; n++) terminal.press("Up");
            terminal.press("C-c");
            assertThat(terminal.lines()).noneMatch(line -> line.contains(Scene.PASSWORD));
        }
        try (var files = Files.walk(scene.home("cid"))) {
            for (var file : files.filter(Files::isRegularFile).toList())
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain(Scene.PASSWORD);
        }
    }

    @Test
    void controlCClearsAHalfTypedLineAndLeavesOnAnEmptyOne() throws Exception {
        try (var terminal = signedIn("dot")) {
            terminal.type("SEND carol never mind");
            terminal.awaitTyped("SEND carol never mind", SOON);
            terminal.press("C-c");
            terminal.await("empty line", lines -> !lines.getLast().contains("never mind"), SOON);
            terminal.enter("SEND carol still here");
            assertThat(carol.awaitText(SOON).text()).isEqualTo("still here");

            terminal.press("C-c");

            terminal.awaitText(LEFT_WELL, TO_LEAVE);
        }
    }

    @ParameterizedTest
    @CsvSource({"exit, eva", "EXIT, eli"})
    void exitIsShort(String way, String name) throws Exception {
        try (var terminal = signedIn(name)) {
            terminal.enter(way);

            terminal.awaitText(LEFT_WELL, TO_LEAVE);
        }
    }

    @Test
    void theEndOfInputIsAWayOut() throws Exception {
        try (var terminal = signedIn("eda")) {
            terminal.press("C-d");

            terminal.awaitText(LEFT_WELL, TO_LEAVE);
        }
    }

    @Test
    void aPasswordThatWasNotTypedIsAskedForAndNotShown() throws Exception {
        try (var terminal = started("fog")) {
            terminal.enter("signup fog");
            terminal.await("question", TerminalTest::asksForThePassword, SOON);
            terminal.enter(Scene.PASSWORD);
            terminal.await("prompt", TerminalTest::prompts, SOON);
            terminal.enter("signin fog");
            terminal.await("question", TerminalTest::asksForThePassword, SOON);
            terminal.enter(Scene.PASSWORD);
            carolReaches("fog");
            terminal.awaitText("it is you", SOON);

            assertThat(terminal.lines()).noneMatch(line -> line.contains(Scene.PASSWORD));
        }
    }

    @Test
    void whatOthersSendCannotDriveTheTerminal() throws Exception {
        try (var terminal = signedIn("gus")) {
            terminal.type("SEND carol in pea");
            carol.sendText("gus", "\u001b[2J\u001b[1;1H\u0007owned\u009b31m\u202Edesrever\u200B end");
            terminal.awaitText("end", SOON);

            terminal.awaitTyped("SEND carol in pea", SOON);
            assertThat(String.join("\n", terminal.lines()).chars())
                    .noneMatch(c -> (c < ' ' && c != '\n') || (c >= 0x7f && c < 0xa0) || c == 0x202E || c == 0x200B);
            assertThat(terminal.lines()).as("nothing was cleared").anyMatch(line -> line.contains("gus"));
        }
    }

    private static void carolReaches(String name) throws IOException {
        var deadline = System.nanoTime() + SOON.toNanos();
        while (carol.request("client_info:" + name).startsWith("Error:"))
            assertThat(System.nanoTime()).as(name + " is online in time").isLessThan(deadline);
        carol.sendText(name, "it is you");
    }

    private static Tmux signedIn(String name) throws IOException {
        var terminal = started(name);
        terminal.enter("signup %s %s".formatted(name, Scene.PASSWORD));
        terminal.enter("signin %s %s".formatted(name, Scene.PASSWORD));
        carolReaches(name);
        terminal.awaitText("it is you", SOON);
        return terminal;
    }

    private static Tmux started(String name) throws IOException {
        var terminal = Tmux.start(
                folder, Launch.peer(scene.registry(), scene.home(name)).without("--json"));
        terminal.await("prompt", TerminalTest::prompts, SOON);
        return terminal;
    }

    private static boolean asksForThePassword(List<String> lines) {
        return !lines.isEmpty() && lines.getLast().toLowerCase(Locale.ROOT).matches(".*password.*:");
    }

    /** How the prompt ends; what stands before that is not this test's concern. */
    private static boolean prompts(List<String> lines) {
        return !lines.isEmpty() && lines.getLast().matches(".*[>❯$]\\s*");
    }
}
