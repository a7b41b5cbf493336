package parley.peer.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import parley.messages.name.BadName;
import parley.messages.name.Password;
import parley.messages.name.UserName;

class ModernCommandsTest {
    private static final UserName BOB = new UserName("bob");
    private static final Commands commands = Commands.at(Path.of("/home/alice"));
    private static final String SIXTY = "0123456789".repeat(6);

    @Test
    void everyCommandIsReadInAnyCase() {
        var expected = Map.ofEntries(
                Map.entry("contacts", new ModernInput.Contacts()),
                Map.entry("ACCEPT Bob", new ModernInput.Accept(BOB, null)),
                Map.entry("block bob", new ModernInput.Block(BOB)),
                Map.entry("verify bob", new ModernInput.Verify(BOB, null)),
                Map.entry("history bob", new ModernInput.History(Conversation.called("bob"), 20)),
                Map.entry("history bob 7", new ModernInput.History(Conversation.called("bob"), 7)),
                Map.entry("read bob", new ModernInput.Read(Conversation.called("bob"))),
                Map.entry("status", new ModernInput.Status()),
                Map.entry("passwd old new", new ModernInput.ChangePassword(new Password("old"), new Password("new"))),
                Map.entry("export ~/b", new ModernInput.Export(Path.of("/home/alice/b"), null)),
                Map.entry("import b pw", new ModernInput.Import(Path.of("b"), new Password("pw"))),
                Map.entry("revoke bob  zoo zoo ", new ModernInput.Revoke(BOB, "zoo zoo")));
        expected.forEach((line, input) -> assertThat(read(line)).as(line).isEqualTo(input));
    }

    @Test
    void aSignUpMayBringAnInvitation() {
        assertThat(read("signup bob pw invite CODE")).isEqualTo(new Input.SignUp(BOB, new Password("pw"), "CODE"));
        assertThat(read("signup bob INVITE CODE")).isEqualTo(new Input.SignUp(BOB, null, "CODE"));
        assertThat(read("signup bob invite")).isEqualTo(new Input.SignUp(BOB, new Password("invite")));
        assertThat(read("signup bob pw CODE")).isInstanceOf(Input.Unreadable.class);
    }

    @Test
    void digitsMayBeGroupedAnyhow() {
        var grouped = SIXTY.replaceAll("(.{5})", "$1 ");
        assertThat(read("verify bob " + grouped)).isEqualTo(new ModernInput.Verify(BOB, SIXTY));
        assertThat(read("accept bob " + grouped)).isEqualTo(new ModernInput.Accept(BOB, SIXTY));
        for (var bad : List.of("verify bob 12345", "verify bob " + SIXTY + "1", "verify bob " + "x".repeat(60)))
            assertThat(read(bad)).as(bad).isInstanceOf(Input.Unreadable.class);
    }

    @Test
    void wordsAreLookedForInOneConversationOrInAll() {
        assertThat(read("search some  words")).isEqualTo(new ModernInput.Search("some  words", null));
        assertThat(read("SEARCH some words IN Bob"))
                .isEqualTo(new ModernInput.Search("some words", Conversation.called("bob")));
        assertThat(read("search in bob")).isEqualTo(new ModernInput.Search("in bob", null));
        assertThat(read("search")).isInstanceOf(Input.Unreadable.class);
    }

    @Test
    void aHistoryHasAtMostAsManyTextsAsOneCanRead() {
        for (var bad : List.of("history bob 0", "history bob -1", "history bob 10001", "history bob 99999999"))
            assertThat(read(bad)).as(bad).isInstanceOf(Input.Unreadable.class);
    }

    @Test
    void whatIsSecretIsAskedForWhereItWasNotTyped() {
        assertThat(read("passwd").asking()).isNotNull().satisfies(asking -> {
            assertThat(asking.prompts()).containsExactly("Password: ", "New password: ");
            assertThat(asking.complete().apply(List.of("a", "b")))
                    .isEqualTo(new ModernInput.ChangePassword(new Password("a"), new Password("b")));
            assertThatThrownBy(() -> asking.complete().apply(List.of("a", ""))).isInstanceOf(BadName.class);
        });
        assertThat(read("revoke bob").asking())
                .isNotNull()
                .satisfies(asking -> assertThat(asking.complete().apply(List.of("zoo")))
                        .isEqualTo(new ModernInput.Revoke(BOB, "zoo")));
        assertThat(read("signup bob INVITE C").asking())
                .isNotNull()
                .satisfies(asking -> assertThat(asking.complete().apply(List.of("pw")))
                        .isEqualTo(new Input.SignUp(BOB, new Password("pw"), "C")));
        assertThat(read("read bob").asking()).isNull();
    }

    @Test
    void secretsAreNotPrinted() {
        for (var line : List.of(
                "signup bob hunter2 invite hunter2",
                "passwd hunter2 hunter2",
                "revoke bob hunter2",
                "search hunter2",
                "export hunter2 hunter2",
                "import hunter2 hunter2")) assertThat(read(line).toString()).doesNotContain("hunter2");
    }

    private static Input read(String line) {
        return commands.read(line).orElseThrow();
    }
}
