package parley.peer.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

class LinesTest {
    private static final Party BOB = new Party.User(new UserName("bob"));
    private static final Party TEAM = new Party.Group(new GroupName("team"));

    @Test
    void conversationsSayThatTheyAreClassicAndWhoSpeaks() {
        assertLines(new Happening.TextCame(BOB, "hello"), "[classic] bob: hello");
        assertLines(new Happening.TextCame(TEAM, "hello"), "[classic] #team: hello");
        assertLines(
                new Happening.FileCame(BOB, "pic.bin", Path.of("/d/pic (1).bin"), 3008, "ab12", true),
                "[classic] bob: sent pic.bin, 2.9 KiB; up to 7 bytes at its end may be a classic sender's padding",
                "  saved as /d/pic (1).bin",
                "  sha256 ab12");
        assertLines(
                new Happening.FileFailed(TEAM, "pic.bin", "disk full"),
                "[classic] #team: pic.bin did not arrive: disk full");
    }

    @Test
    void answersSayWhatWasDone() {
        var alice = new UserName("alice");
        var team = new GroupName("team");
        assertLines(new Answer.SignedUp(alice), "Signed up as alice; now signin alice");
        assertLines(new Answer.SignedIn(alice), "Signed in as alice");
        assertLines(new Answer.Groups(List.of()), "There are no groups yet");
        assertLines(
                new Answer.Groups(
                        List.of(new Answer.Groups.Size(team, 1), new Answer.Groups.Size(new GroupName("x"), 2))),
                "#team: 1 member",
                "#x: 2 members");
        assertLines(new Answer.Members(List.of()), "You are in no group");
        assertLines(
                new Answer.Members(List.of(new Answer.Members.Group(team, List.of(alice, new UserName("bob"))))),
                "#team: alice, bob");
        assertLines(new Answer.Created(team), "Created #team");
        assertLines(new Answer.Joined(team, false), "Joined #team");
        assertLines(new Answer.Joined(team, true), "Created #team and joined it");
        assertLines(new Answer.Sent(List.of(BOB), 1, List.of()), "[classic] delivered to bob");
        assertLines(
                new Answer.Sent(List.of(TEAM, BOB), 2, List.of("carol", "10.0.0.7:1")),
                "[classic] delivered to 2 in #team, bob; missed: carol, 10.0.0.7:1");
        assertLines(new Answer.Helped("one\ntwo"), "one", "two");
        assertLines(new Answer.Bye(true));
    }

    @Test
    void newsAndErrorsStandAlone() {
        assertLines(new Happening.Ready(new Address("127.0.0.1", 7)), "Listening on 127.0.0.1:7");
        assertLines(new Happening.RegistryLost("The registry is away"), "The registry is away");
        assertLines(new Happening.RegistryBack(), "The registry is back");
        assertLines(new Happening.Notice("dropped one"), "dropped one");
        assertLines(new Happening.Failed("send", "No such user"), "send: No such user");
        assertLines(new Happening.Progress(1, Happening.Way.IN, BOB, "x", 1, 2));
    }

    /** C0, ESC, C1, a bidirectional override, zero width: in everything that came from elsewhere. */
    @Test
    void nothingDrivesTheTerminal() {
        var evil = "a\u001b[2Jb\u0007c\u009bd\u202ee\u200bf\u2028g\rh\u007fi";
        // A line separator parts two words, and so leaves a blank.
        var harmless = "a[2Jbcdef ghi";
        assertLines(new Happening.TextCame(BOB, evil), "[classic] bob: " + harmless);
        assertLines(new Happening.Notice(evil), harmless);
        assertLines(new Happening.RegistryLost(evil), harmless);
        assertLines(new Happening.Failed(evil, evil), harmless + ": " + harmless);
        assertLines(
                new Happening.FileFailed(BOB, evil, evil),
                "[classic] bob: %s did not arrive: %s".formatted(harmless, harmless));
        assertLines(new Answer.Sent(List.of(BOB), 0, List.of(evil)), "[classic] delivered to bob; missed: " + harmless);
        assertThat(Lines.of(new Happening.FileCame(BOB, evil, Path.of("/d/" + evil), 1, evil, false)))
                .allSatisfy(line -> assertThat(line.plain()).matches("[ -~]*"));
    }

    @Test
    void amountsKeepThreeDigits() {
        assertThat(Amount.of(0)).isEqualTo("0 bytes");
        assertThat(Amount.of(1)).isEqualTo("1 byte");
        assertThat(Amount.of(1023)).isEqualTo("1023 bytes");
        assertThat(Amount.of(1024)).isEqualTo("1.0 KiB");
        assertThat(Amount.of(1024 * 1024 - 1)).isEqualTo("1.0 MiB");
        assertThat(Amount.of(2L << 30)).isEqualTo("2.0 GiB");
        assertThat(Amount.of(Long.MAX_VALUE)).isEqualTo("8.0 EiB");
    }

    private static void assertLines(Answer answer, String... lines) {
        assertLines(new Happening.Done("some", answer), lines);
    }

    private static void assertLines(Happening happening, String... lines) {
        assertThat(Lines.of(happening)).extracting(Line::plain).containsExactly(lines);
    }
}
