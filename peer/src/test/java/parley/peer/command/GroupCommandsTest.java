package parley.peer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.messages.group.Policy;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

class GroupCommandsTest {
    private static final GroupName TEAM = new GroupName("team");
    private static final UserName BOB = new UserName("bob");
    private static final Conversation IN_BOB = new Conversation.In(new GroupName("bob"));
    private static final Commands commands = Commands.at(Path.of("/home/alice"));

    @Test
    void everyCommandIsReadInAnyCase() {
        var expected = Map.ofEntries(
                Map.entry("create team OPEN", new Input.Create(TEAM, Policy.OPEN)),
                Map.entry("create team", new Input.Create(TEAM)),
                Map.entry("MEMBERS Team", new Input.Members(TEAM)),
                Map.entry("leave Team", new GroupInput.Leave(TEAM)),
                Map.entry("INVITE team Bob", new GroupInput.Invite(TEAM, BOB)),
                Map.entry("remove team bob", new GroupInput.Remove(TEAM, BOB)),
                Map.entry("admin team bob", new GroupInput.Admin(TEAM, BOB, true)),
                Map.entry("Admin team bob ON", new GroupInput.Admin(TEAM, BOB, true)),
                Map.entry("ADMIN team bob Off", new GroupInput.Admin(TEAM, BOB, false)),
                Map.entry("group team", new GroupInput.Show(TEAM)),
                Map.entry("GROUP team Closed", new GroupInput.SetPolicy(TEAM, Policy.CLOSED)),
                Map.entry("group group members", new GroupInput.SetPolicy(new GroupName("group"), Policy.MEMBERS)));
        expected.forEach((line, input) -> assertThat(read(line)).as(line).isEqualTo(input));
    }

    @Test
    void outcomesAreCalledByTheFirstWord() {
        for (var line : List.of(
                "leave team", "invite team bob", "remove team bob", "admin team bob", "group team", "group team open"))
            assertThat(read(line).verb()).isEqualTo(line.split(" ")[0]);
    }

    @Test
    void aConversationIsWithSomebodyOrInAGroup() {
        var expected = Map.ofEntries(
                Map.entry("history bob 7", new ModernInput.History(Conversation.called("bob"), 7)),
                Map.entry("history GROUP bob 7", new ModernInput.History(IN_BOB, 7)),
                Map.entry("read group bob", new ModernInput.Read(IN_BOB)),
                Map.entry("read -- group", new ModernInput.Read(new Conversation.With(new UserName("group")))),
                Map.entry("read group", new ModernInput.Read(Conversation.called("group"))),
                Map.entry("search the words in Group bob", new ModernInput.Search("the words", IN_BOB)),
                Map.entry("search a in b in bob", new ModernInput.Search("a in b", Conversation.called("bob"))),
                Map.entry("search x in -- bob", new ModernInput.Search("x", new Conversation.With(BOB))),
                Map.entry("search x in group", new ModernInput.Search("x", Conversation.called("group"))),
                Map.entry("search in group bob", new ModernInput.Search("in group bob", null)));
        expected.forEach((line, input) -> assertThat(read(line)).as(line).isEqualTo(input));
    }

    @Test
    void whatIsMissingOrTooMuchShowsTheUsage() {
        assertThat(unreadable("leave")).isEqualTo("Expected LEAVE GROUP");
        assertThat(unreadable("leave a b")).isEqualTo("Expected LEAVE GROUP");
        assertThat(unreadable("invite team")).isEqualTo("Expected INVITE GROUP NAME");
        assertThat(unreadable("remove team bob carol")).isEqualTo("Expected REMOVE GROUP NAME");
        assertThat(unreadable("admin team bob maybe")).isEqualTo("Expected ADMIN GROUP NAME [off]");
        assertThat(unreadable("admin team bob off now")).isEqualTo("Expected ADMIN GROUP NAME [off]");
        assertThat(unreadable("group")).isEqualTo("Expected GROUP NAME [POLICY]");
        assertThat(unreadable("group team open now")).isEqualTo("Expected GROUP NAME [POLICY]");
        assertThat(unreadable("create a open now")).isEqualTo("Expected CREATE GROUP [POLICY]");
        assertThat(unreadable("members a b")).isEqualTo("Expected MEMBERS [GROUP]");
        assertThat(unreadable("invite te:am bob")).contains("group");
        assertThat(unreadable("invite team b:ob")).contains("user");
    }

    @Test
    void anUnknownPolicyNamesTheNearest() {
        assertThat(unreadable("group team opne")).isEqualTo("Unknown policy opne. Did you mean open?");
        assertThat(unreadable("create team PUBLIC"))
                .isEqualTo("Unknown policy public. Expected one of open, invite, members, closed");
        assertThat(unreadable("create team " + "x".repeat(100_000))).hasSizeLessThan(100);
    }

    @Test
    void anUnknownVerbNamesTheNearest() {
        assertThat(unreadable("lave team")).endsWith("Did you mean leave?");
        assertThat(unreadable("grup team")).endsWith("Did you mean group?");
    }

    private static String unreadable(String line) {
        return read(line) instanceof Input.Unreadable(var verb, var why) ? why : "readable: " + line;
    }

    private static Input read(String line) {
        return commands.read(line).orElseThrow();
    }
}
