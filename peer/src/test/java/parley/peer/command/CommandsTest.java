package parley.peer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.UserName;

class CommandsTest {
    private static final Path HOME = Path.of("/home/alice");
    private static final Commands commands = Commands.at(HOME);

    @Test
    void everyCommandIsReadInAnyCase() {
        var bob = new UserName("bob");
        var expected = Map.ofEntries(
                Map.entry("signup Bob S3cret", new Input.SignUp(bob, new Password("S3cret"))),
                Map.entry("SIGNUP bob", new Input.SignUp(bob, null)),
                Map.entry("signin bob pw", new Input.SignIn(bob, new Password("pw"))),
                Map.entry("SignIn BOB", new Input.SignIn(bob, null)),
                Map.entry("LIST", new Input.ListGroups()),
                Map.entry("  list\t", new Input.ListGroups()),
                Map.entry("Members", new Input.Members()),
                Map.entry("create Team", new Input.Create(new GroupName("team"))),
                Map.entry("JOIN team", new Input.Join(new GroupName("team"))),
                Map.entry("help", new Input.Help(null)),
                Map.entry("HELP Send", new Input.Help("Send")),
                Map.entry("exit", new Input.Exit()));
        expected.forEach((line, input) -> assertThat(read(line)).as(line).isEqualTo(input));
    }

    @Test
    void aTextKeepsItsBlanks() {
        assertText("send bob hello", "hello");
        assertText("send bob   hello   world  ", "hello   world  ");
        assertText("send bob -- two  blanks", "two  blanks");
        assertText("send bob --  leading", " leading");
        assertText("send bob\thello\tthere", "hello\tthere");
        assertText("send bob -- ", "");
        assertText("send bob --", "");
        assertText("send bob a\nb", "a\nb");
        assertText("send bob \"it's !! \\n", "\"it's !! \\n");
    }

    @Test
    void dashesEndTheKeywords() {
        assertText("SEND bob -- FILE is text", "FILE is text");
        assertText("SEND bob -- -- hi", "-- hi");
        assertText("SEND bob hi -- FILE x", "hi -- FILE x");
        assertText("SEND bob --hi", "--hi");
        assertText("SEND bob FILES are fun", "FILES are fun");
        assertThat(read("SEND -- group hello"))
                .isEqualTo(new Input.SendText(new Input.One(new UserName("group")), "hello"));
        assertThat(read("SEND -- group FILE x"))
                .isEqualTo(new Input.SendFile(new Input.One(new UserName("group")), Path.of("x")));
        assertThat(read("SEND -- -- hello")).isEqualTo(new Input.SendText(new Input.One(new UserName("--")), "hello"));
    }

    @Test
    void groupsAreSeparatedByCommas() {
        assertThat(read("send GROUP Team,lab,team hi there"))
                .isEqualTo(new Input.SendText(
                        new Input.Groups(List.of(new GroupName("team"), new GroupName("lab"))), "hi there"));
        assertThat(read("send group lab file a b.txt"))
                .isEqualTo(new Input.SendFile(new Input.Groups(List.of(new GroupName("lab"))), Path.of("a b.txt")));
        for (var bad : List.of("send group a,,b hi", "send group , hi", "send group a, b hi")) unreadable(bad);
    }

    @Test
    void pathsMayBeQuotedAndBeginAtHome() {
        var expected = Map.of(
                "pic.bin", "pic.bin",
                "two words.txt  ", "two words.txt",
                "\"two words.txt\"", "two words.txt",
                "'it is \"here\"'", "it is \"here\"",
                "'  blanks  '", "  blanks  ",
                "~/pic.bin", "/home/alice/pic.bin",
                "\"~/a b\"", "/home/alice/a b",
                "~", "/home/alice",
                "~bob/x", "~bob/x",
                "./~/x", "./~/x");
        expected.forEach((typed, path) -> assertThat(read("send bob FILE " + typed))
                .as(typed)
                .isEqualTo(new Input.SendFile(new Input.One(new UserName("bob")), Path.of(path))));
    }

    @Test
    void aPathThatIsNoneSaysWhy() {
        assertThat(unreadable("send bob FILE")).contains("path").contains("-- FILE");
        assertThat(unreadable("send bob FILE ''")).contains("path");
        assertThat(unreadable("send bob FILE 'open")).contains("begins with '").contains("does not end");
        assertThat(unreadable("send bob FILE \"")).contains("begins with \"");
        assertThat(unreadable("send bob FILE a\0b")).contains("Not a path");
    }

    @Test
    void whatIsMissingOrTooMuchShowsTheUsage() {
        assertThat(unreadable("signup")).isEqualTo("Expected signup NAME [PASSWORD] [INVITE CODE]");
        assertThat(unreadable("signin a b c")).isEqualTo("Expected signin NAME [PASSWORD]");
        assertThat(unreadable("create")).isEqualTo("Expected CREATE GROUP [POLICY]");
        assertThat(unreadable("join a b")).isEqualTo("Expected JOIN GROUP");
        assertThat(unreadable("list all")).isEqualTo("Expected LIST");
        assertThat(unreadable("exit now")).isEqualTo("Expected EXIT");
        assertThat(unreadable("help me please")).isEqualTo("Expected HELP [COMMAND]");
        for (var open :
                List.of("send", "send bob", "send bob  ", "send group", "send group a", "send --", "send -- bob"))
            assertThat(unreadable(open)).as(open).startsWith("Expected SEND NAME TEXT");
    }

    @Test
    void anUnknownVerbNamesTheNearest() {
        assertThat(read("snd bob hi"))
                .isEqualTo(new Input.Unreadable("snd", "Unknown command snd. Did you mean send?"));
        assertThat(unreadable("qwertz")).isEqualTo("Unknown command qwertz. HELP shows all commands.");
        assertThat(unreadable("x".repeat(100_000))).hasSizeLessThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t \t"})
    void anEmptyLineIsNothing(String line) {
        assertThat(commands.read(line)).isEmpty();
    }

    @Test
    void noErrorRepeatsAPassword() {
        var lines = List.of(
                "signup alice hunter2 hunter2",
                "signin al!ce hunter2",
                "signup alice hunter2\u0001",
                "singup alice hunter2",
                "signin alice hunter2 -- hunter2",
                "list hunter2",
                "signup alice hunter2" + "x".repeat(200));
        assertThat(lines).allSatisfy(line -> assertThat(unreadable(line)).doesNotContain("hunter2"));
        assertThat(String.valueOf(read("signin alice hunter2"))).doesNotContain("hunter2");
    }

    @Test
    void anyTextArrivesAsTyped() {
        long seed = Long.getLong("seed", System.nanoTime()); // in the failure message: run again with -Dseed=
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 2_000; i++) {
            var text = text(random);
            assertThat(read("send bob -- " + text))
                    .as("seed %d", seed)
                    .isEqualTo(new Input.SendText(new Input.One(new UserName("bob")), text));
        }
    }

    @Test
    void nothingTypedThrows() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var words = List.of(
                "send", "SIGNUP", "signin", "group", "file", "--", "help", "join", "list", "'", "\"", "~", ",", "a,b",
                " ");
        for (int i = 0; i < 20_000; i++) {
            var line = random.ints(random.nextInt(6), 0, words.size() + 1)
                    .mapToObj(at -> at < words.size() ? words.get(at) : text(random))
                    .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
            assertThat(commands.read(line)).as("seed %d, line <%s>", seed, line).isNotNull();
        }
    }

    private static String text(RandomGenerator random) {
        var text = new StringBuilder();
        random.ints(random.nextInt(12), 0, 0x11_0000)
                .map(c -> random.nextBoolean() ? c % 0x80 : c)
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    private static void assertText(String line, String text) {
        assertThat(read(line)).as(line).isEqualTo(new Input.SendText(new Input.One(new UserName("bob")), text));
    }

    private static String unreadable(String line) {
        return read(line) instanceof Input.Unreadable(var verb, var why) ? why : "readable: " + line;
    }

    private static @Nullable Input read(String line) {
        return commands.read(line).orElse(null);
    }
}
