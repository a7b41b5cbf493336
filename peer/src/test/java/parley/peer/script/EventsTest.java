package parley.peer.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.talk.Answer;
import parley.peer.talk.Happening;
import parley.peer.talk.Party;

/** Golden lines: programs were written against these. A line may gain fields and nothing else. */
class EventsTest {
    private static final UserName ALICE = new UserName("alice");
    private static final GroupName TEAM = new GroupName("team");
    private static final Party BOB = new Party.User(new UserName("bob"));
    private static final Party IN_TEAM = new Party.Group(TEAM);
    private static final Party IN_LAB = new Party.Group(new GroupName("lab"));

    @Test
    void whatHappensByItself() {
        assertJson(
                new Happening.Ready(new Address("127.0.0.1", 41234)),
                "{\"event\":\"ready\",\"listen\":\"127.0.0.1:41234\"}");
        assertJson(
                new Happening.RegistryLost("refused"),
                "{\"event\":\"registry\",\"state\":\"lost\",\"message\":\"refused\"}");
        assertJson(new Happening.RegistryBack(), "{\"event\":\"registry\",\"state\":\"back\"}");
        assertJson(new Happening.SignedOut(new UserName("alice")), "{\"event\":\"signed-out\",\"user\":\"alice\"}");
        assertJson(new Happening.Notice("one"), "{\"event\":\"notice\",\"message\":\"one\"}");
    }

    @Test
    void whatComes() {
        assertJson(
                new Happening.TextCame(BOB, "hi"),
                "{\"event\":\"message\",\"from\":\"bob\",\"text\":\"hi\",\"protocol\":\"classic\"}");
        assertJson(
                new Happening.TextCame(IN_TEAM, "hi"),
                "{\"event\":\"message\",\"group\":\"team\",\"text\":\"hi\",\"protocol\":\"classic\"}");
        assertJson(
                new Happening.FileCame(BOB, "pic.bin", Path.of("/d/pic (1).bin"), 3008, "ab12", true),
                "{\"event\":\"file\",\"from\":\"bob\",\"name\":\"pic.bin\",\"path\":\"/d/pic (1).bin\",\"bytes\":3008,"
                        + "\"sha256\":\"ab12\",\"maybePadded\":true,\"protocol\":\"classic\"}");
        assertJson(
                new Happening.FileFailed(IN_TEAM, "pic.bin", "disk full"),
                "{\"event\":\"file-failed\",\"group\":\"team\",\"name\":\"pic.bin\",\"message\":\"disk full\","
                        + "\"protocol\":\"classic\"}");
        assertJson(
                new Happening.Progress(7, Happening.Way.IN, BOB, "pic.bin", 1024, -1),
                "{\"event\":\"progress\",\"id\":7,\"way\":\"in\",\"from\":\"bob\",\"name\":\"pic.bin\",\"bytes\":1024}");
        assertJson(
                new Happening.Progress(8, Happening.Way.OUT, BOB, "pic.bin", 1024, 3008),
                "{\"event\":\"progress\",\"id\":8,\"way\":\"out\",\"to\":\"bob\",\"name\":\"pic.bin\",\"bytes\":1024,"
                        + "\"total\":3008}");
        assertJson(
                new Happening.Progress(9, Happening.Way.OUT, IN_TEAM, "x", 1, 2),
                "{\"event\":\"progress\",\"id\":9,\"way\":\"out\",\"group\":\"team\",\"name\":\"x\",\"bytes\":1,\"total\":2}");
    }

    @Test
    void howCommandsEnd() {
        assertDone("signup", new Answer.SignedUp(ALICE), "\"user\":\"alice\"");
        assertDone("signin", new Answer.SignedIn(ALICE), "\"user\":\"alice\"");
        assertDone("list", new Answer.Groups(List.of()), "\"groups\":[]");
        assertDone(
                "list",
                new Answer.Groups(List.of(new Answer.Groups.Size(TEAM, 2))),
                "\"groups\":[{\"name\":\"team\",\"members\":2}]");
        assertDone(
                "members",
                new Answer.Members(List.of(new Answer.Members.Group(TEAM, List.of(ALICE, new UserName("bob"))))),
                "\"groups\":[{\"name\":\"team\",\"members\":[\"alice\",\"bob\"]}]");
        assertDone("create", new Answer.Created(TEAM), "\"group\":\"team\"");
        assertDone("join", new Answer.Joined(TEAM, true), "\"group\":\"team\",\"created\":true");
        assertDone(
                "send",
                new Answer.Sent(List.of(BOB), 1, List.of()),
                "\"to\":\"bob\",\"delivered\":1,\"protocol\":\"classic\"");
        assertDone(
                "send",
                new Answer.Sent(List.of(IN_TEAM, IN_LAB), 3, List.of("carol")),
                "\"group\":\"team,lab\",\"delivered\":3,\"missed\":[\"carol\"],\"protocol\":\"classic\"");
        assertDone("help", new Answer.Helped("a\nb"), "\"text\":\"a\\nb\"");
        assertDone("exit", new Answer.Bye(false), "\"registry\":false");
        assertJson(
                new Happening.Failed("send", "No \"such\" user"),
                "{\"event\":\"error\",\"command\":\"send\",\"message\":\"No \\\"such\\\" user\"}");
    }

    /** Written as they are: what is harmless. Escaped: what would drive a terminal, break a line, or is half a character. */
    @Test
    void anyTextIsOneLineAndComesBackTheSame() throws IOException {
        var text = "grüße \n\r\t\0\u001b[2J\u007f\u009b\u200b\u202e\u2028\ud83d\udc4b\ud800 \"\\";
        var json = Events.json(new Happening.TextCame(BOB, text));
        assertThat(json).contains("grüße").matches("[ -~ü ß]*");
        try (var parser = new JsonFactory().createParser(json)) {
            while (!(parser.nextToken() == JsonToken.FIELD_NAME
                    && parser.currentName().equals("text"))) {}
            assertThat(parser.nextTextValue()).isEqualTo(text);
        }
    }

    /** The documentation names every event and every field that the golden lines of this test hold. */
    @Test
    void everyEventIsDocumented() throws IOException {
        var documented = Files.readString(Path.of("../docs/EVENTS.md"));
        var names = new ArrayList<String>();
        for (var happening : all()) {
            try (var parser = new JsonFactory().createParser(Events.json(happening))) {
                for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token != JsonToken.FIELD_NAME) continue;
                    names.add(parser.currentName());
                    if (parser.currentName().equals("event")) names.add(parser.nextTextValue());
                }
            }
        }
        assertThat(names).allSatisfy(name -> assertThat(documented).contains("`" + name + "`"));
    }

    private static List<Happening> all() {
        return List.of(
                new Happening.Ready(new Address("127.0.0.1", 1)),
                new Happening.RegistryLost("x"),
                new Happening.RegistryBack(),
                new Happening.Notice("x"),
                new Happening.TextCame(BOB, "x"),
                new Happening.TextCame(IN_TEAM, "x"),
                new Happening.FileCame(BOB, "x", Path.of("x"), 1, "x", false),
                new Happening.FileFailed(BOB, "x", "x"),
                new Happening.Progress(1, Happening.Way.OUT, BOB, "x", 1, 2),
                new Happening.Failed("x", "x"),
                new Happening.Done("x", new Answer.SignedIn(ALICE)),
                new Happening.Done("x", new Answer.Groups(List.of(new Answer.Groups.Size(TEAM, 1)))),
                new Happening.Done("x", new Answer.Joined(TEAM, true)),
                new Happening.Done("x", new Answer.Sent(List.of(BOB), 1, List.of("x"))),
                new Happening.Done("x", new Answer.Helped("x")),
                new Happening.Done("x", new Answer.Bye(true)));
    }

    private static void assertDone(String command, Answer answer, String fields) {
        assertJson(
                new Happening.Done(command, answer),
                "{\"event\":\"ok\",\"command\":\"%s\",%s}".formatted(command, fields));
    }

    private static void assertJson(Happening happening, String line) {
        assertThat(Events.json(happening)).isEqualTo(line);
    }
}
