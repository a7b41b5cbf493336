package parley.peer.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.UserName;
import parley.peer.command.Input;
import parley.peer.talk.Answer;
import parley.peer.talk.GroupAnswer;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.ModernAnswer;
import parley.peer.talk.Party;

@Timeout(60)
class PeerTerminalTest {
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String UP = "\u001bOA";

    @TempDir
    Path folder;

    @Test
    void whatIsTypedIsAsked() throws Exception {
        try (var desk = new Desk(folder)) {
            desk.type("list\r");
            assertThat(desk.asked()).isEqualTo(new Input.ListGroups());
            desk.type("send bob \"it's !! 100% \\n grüße\r");
            assertThat(desk.asked())
                    .isEqualTo(new Input.SendText(new Input.One(new UserName("bob")), "\"it's !! 100% \\n grüße"));
            desk.type("snd\r");
            assertThat(desk.asked()).isInstanceOf(Input.Unreadable.class);
        }
    }

    @Test
    void textsAppearAboveAHalfTypedLine() throws Exception {
        try (var desk = new Desk(folder)) {
            desk.type("send bob half a li");
            desk.sees("half a li");
            for (int i = 0; i < 200; i++) desk.text("bob", "message " + i);
            assertThat(desk.typed()).isEqualTo("parley> send bob half a li");
            assertThat(desk.lines()).contains("[classic] bob: message 199", "[classic] bob: message 198");
            assertThat(desk.lines().stream().filter(line -> line.contains("half a li")))
                    .hasSize(1);
            desk.type("ne\r");
            assertThat(desk.asked()).isEqualTo(new Input.SendText(new Input.One(new UserName("bob")), "half a line"));
        }
    }

    @Test
    void thePromptShowsWhoIsSignedInAlsoWhileTyping() throws Exception {
        try (var desk = new Desk(folder)) {
            desk.type("lis");
            desk.sees("parley> lis");
            desk.signIn("alice");
            assertThat(desk.typed()).isEqualTo("alice> lis");
            desk.show(new Happening.RegistryLost("refused"));
            assertThat(desk.typed()).isEqualTo("alice (no registry)> lis");
            desk.show(new Happening.RegistryBack());
            assertThat(desk.typed()).isEqualTo("alice> lis");
            desk.show(new Happening.SignedOut(new UserName("alice")));
            assertThat(desk.typed()).isEqualTo("parley> lis");
        }
    }

    @Test
    void aFileShowsItsBarAboveTheLineUntilItIsThere() throws Exception {
        try (var desk = new Desk(folder)) {
            desk.type("lis");
            desk.sees("parley> lis");
            var bob = new Party.User(new UserName("bob"));
            desk.show(new Happening.Progress(1, Happening.Way.OUT, bob, "pic.bin", 512, 1024));
            desk.sees("pic.bin -> bob [##########----------]  50% of 1.0 KiB");
            assertThat(desk.typed()).isEqualTo("parley> lis");
            desk.text("bob", "hello");
            assertThat(desk.typed()).isEqualTo("parley> lis");
            desk.show(new Happening.Progress(1, Happening.Way.OUT, bob, "pic.bin", 1024, 1024));
            assertThat(desk.lines()).noneMatch(line -> line.contains("pic.bin"));
            assertThat(desk.lines()).contains("[classic] bob: hello", "parley> lis");
        }
    }

    @Test
    void aBarIsGoneFromALineThatWasEntered() throws Exception {
        try (var desk = new Desk(folder)) {
            var bob = new Party.User(new UserName("bob"));
            desk.show(new Happening.Progress(1, Happening.Way.IN, bob, "pic.bin", 512, -1));
            desk.sees("pic.bin <- bob  512 bytes");
            desk.type("list\r");
            desk.asked();
            desk.awaits(
                    lines -> lines.getFirst().equals("parley> list")
                            && desk.typed().equals("parley>"),
                    "the line entered");
            assertThat(desk.lines().stream().filter(line -> line.contains("pic.bin")))
                    .hasSize(1);
        }
    }

    @Test
    void aPasswordIsAskedForAndNeverShownNorRemembered() throws Exception {
        try (var desk = new Desk(folder)) {
            desk.type("signin alice\r");
            desk.sees("Password:");
            desk.text("bob", "hello");
            desk.type("hunt\ter2");
            desk.type("\r");
            assertThat(desk.asked()).isEqualTo(new Input.SignIn(new UserName("alice"), new Password("hunter2")));
            desk.type("signup alice hunter2 \r");
            desk.asked();
            desk.type("sgnin alice hunter2\r");
            desk.asked();
            desk.type("list\r");
            desk.asked();
            desk.type(UP + UP);
            desk.awaits(lines -> desk.typed().equals("parley> signup alice"), "the line without its password");
        }
        assertThat(folder.resolve("history")).content().isEqualTo("signin alice\nsignup alice\nlist\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("history"))))
                .isEqualTo("rw-------");
    }

    @Test
    void historyOutlivesTheProgram() throws Exception {
        Files.writeString(folder.resolve("history"), "members\nlist\n\u0000\u001b[2J\n");
        try (var desk = new Desk(folder)) {
            desk.type(UP + UP);
            desk.awaits(lines -> desk.typed().equals("parley> list"), "the last but one");
        }
    }

    @Test
    void ctrlCClearsAHalfTypedLineAndEndsAnEmptyOne() throws Exception {
        try (var desk = new Desk(folder)) {
            desk.type("send bob half");
            desk.sees("half");
            desk.type(CTRL_C);
            desk.awaits(lines -> desk.typed().equals("parley>"), "an empty line");
            desk.type("list\r");
            assertThat(desk.asked()).isEqualTo(new Input.ListGroups());
            desk.type(CTRL_C);
            assertThat(desk.left()).isTrue();
        }
    }

    @Test
    void ctrlCAtThePasswordSendsNothing() throws Exception {
        try (var desk = new Desk(folder)) {
            desk.type("signin alice\r");
            desk.sees("Password:");
            desk.type("hunter2");
            desk.type(CTRL_C);
            desk.sees("Nothing was typed, nothing was done");
            desk.type("list\r");
            assertThat(desk.asked()).isEqualTo(new Input.ListGroups());
        }
    }

    @Test
    void ctrlDAndExitEnd() throws Exception {
        for (var keys : List.of(CTRL_D, "EXIT\r", "  exit \r")) {
            try (var desk = new Desk(folder)) {
                desk.type(keys);
                assertThat(desk.left()).as(keys).isTrue();
            }
        }
    }

    @Test
    void nothingTypedEndsTheProgram() throws Exception {
        try (var desk = new Desk(folder)) {
            for (var line : List.of(
                    "'",
                    "\"",
                    "!",
                    "!!",
                    "!1",
                    "^a^b",
                    "\\",
                    "\u0000\u0001\u0007",
                    "\u001b[99~",
                    "send",
                    "{}[]()",
                    "\u009b",
                    "\ud83d\udc4b\u202e\u200b",
                    "#",
                    "%",
                    "$(x)",
                    "\t\t\t",
                    "a\u0016b",
                    "\u0018\u0005",
                    "\u0012x",
                    "\u001b[201~")) {
                desk.type(line + "\r");
            }
            desk.type("\u0007\u0007x\u0015members\r");
            for (var input = desk.asked(); !(input instanceof Input.Members); input = desk.asked()) {
                assertThat(input).isNotNull();
            }
        }
    }

    @Test
    void aPastedLineOf100KilobytesIsOneLine() throws Exception {
        try (var desk = new Desk(folder)) {
            desk.type("send bob " + "x".repeat(100_000) + "\r");
            var input = desk.asked();
            assertThat(input)
                    .isInstanceOfSatisfying(
                            Input.SendText.class,
                            sent -> assertThat(sent.text()).hasSize(100_000));
        }
    }

    @Test
    void tabCompletesCommandsNamesAndPaths() throws Exception {
        Files.writeString(folder.resolve("two words.txt"), "");
        Files.createDirectory(folder.resolve("pictures"));
        try (var desk = new Desk(folder)) {
            desk.text("bobby", "hi");
            desk.show(new Happening.Done("create", new Answer.Created(new GroupName("team"))));
            desk.type("SEN\t");
            desk.awaits(lines -> desk.typed().startsWith("parley> send"), "the verb");
            desk.type("bo\t");
            desk.awaits(lines -> desk.typed().endsWith("bobby"), "the user");
            desk.type("fi\t");
            desk.awaits(lines -> desk.typed().endsWith("FILE"), "the keyword");
            desk.type("\"~/tw\t\r");
            assertThat(desk.asked())
                    .isEqualTo(
                            new Input.SendFile(new Input.One(new UserName("bobby")), folder.resolve("two words.txt")));
            desk.type("send group te\t hello\r");
            assertThat(desk.asked())
                    .isEqualTo(new Input.SendText(new Input.Groups(List.of(new GroupName("team"))), "hello"));
            desk.type("send bobby file ~/pi\t");
            desk.awaits(lines -> desk.typed().endsWith("~/pictures/"), "the folder");
        }
    }

    @Test
    void aGroupsTextsAreCountedInThePromptAndItsTicksAboveIt() throws Exception {
        var team = new GroupName("team");
        var bob = new UserName("bob");
        try (var desk = new Desk(folder)) {
            desk.show(new Happening.Done("signin", new ModernAnswer.Entered(new UserName("alice"), "", List.of())));
            desk.show(new Mail.MessageCame("01", Optional.of(team), bob, "lunch?", Instant.EPOCH, 1));
            assertThat(desk.lines()).contains("team  bob: lunch?");
            assertThat(desk.typed()).isEqualTo("alice (1 in team)>");
            desk.show(new Happening.Done("send", new GroupAnswer.Queued("02", team, 2)));
            assertThat(desk.typed()).isEqualTo("alice>");
            desk.show(delivered(team, bob, 1));
            assertThat(desk.lines()).containsSubsequence("team  bob: lunch?", "team  \u2713\u2713 1/2", "alice>");
            desk.type("send gr");
            desk.sees("alice> send gr");
            desk.show(delivered(team, new UserName("carol"), 2));
            assertThat(desk.lines())
                    .containsSubsequence("team  bob: lunch?", "team  \u2713\u2713 2/2", "alice> send gr")
                    .doesNotContain("team  \u2713\u2713 1/2");
        }
    }

    private static Happening delivered(GroupName group, UserName to, int reached) {
        return new Mail.Moved("02", Optional.of(new Mail.InGroup(group, reached, 2)), to, Mail.Stage.DELIVERED);
    }

    @Test
    void coloursGoWhereTheyAreRefused() throws Exception {
        var bob = new Happening.TextCame(new Party.User(new UserName("bob")), "hi");
        try (var desk = new Desk(folder)) {
            desk.show(bob);
            assertThat(desk.dump()).contains("color:#").containsPattern("color:#0088..;|color:#00[5-9a-f]");
        }
        for (var plain : List.of(
                new Desk(folder, "xterm-256color", Map.of("NO_COLOR", "1")), new Desk(folder, "dumb", Map.of()))) {
            try (plain) {
                plain.show(bob);
                plain.sees("[classic] bob: hi");
                assertThat(plain.dump()).doesNotContain("#008", "#880");
            }
        }
    }
}
