package parley.peer.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.talk.FileAnswer;
import parley.peer.talk.FileMail;
import parley.peer.talk.Happening;
import parley.peer.talk.ModernAnswer;
import parley.peer.talk.Party;

/** What programs read, to the letter: a change here breaks them. */
class FileEventsTest {
    private static final UserName BOB = new UserName("bob");
    private static final Optional<GroupName> TEAM = Optional.of(new GroupName("team"));

    @Test
    void aFileThatCameSaysWhereItIsAndWhatItLooksLike() {
        assertThat(Events.json(
                        new FileMail.Came("ab", TEAM, BOB, "a.png", Path.of("/d/a.png"), 7, "00ff", "image/png", 12)))
                .isEqualTo("{\"event\":\"file\",\"id\":\"ab\",\"group\":\"team\",\"from\":\"bob\",\"name\":\"a.png\","
                        + "\"path\":\"/d/a.png\",\"bytes\":7,\"sha256\":\"00ff\",\"type\":\"image/png\","
                        + "\"maybePadded\":false,\"cursor\":\"12\",\"protocol\":\"modern\"}");
    }

    @Test
    void theHistoryNamesFilesInTheirPlaceWithWhatIsKnownOfThem() {
        var ours = new ModernAnswer.Attached(7, "", "", Path.of("/home/a.png"));
        var theirs = new ModernAnswer.Attached(9, "00ff", "image/png", Path.of("/d/b.png"));
        var answer = new ModernAnswer.History(
                BOB,
                List.of(
                        new ModernAnswer.Text(
                                "01",
                                Optional.empty(),
                                BOB,
                                true,
                                "a.png",
                                Instant.EPOCH,
                                ModernAnswer.Reached.FAILED,
                                Optional.of(ours)),
                        new ModernAnswer.Text(
                                "02",
                                Optional.of(ModernAnswer.InGroup.theirs(new GroupName("team"))),
                                BOB,
                                false,
                                "b.png",
                                Instant.EPOCH,
                                null,
                                Optional.of(theirs))));
        assertThat(Events.json(new Happening.Done("history", answer)))
                .endsWith(
                        "[{\"id\":\"01\",\"to\":\"bob\",\"file\":{\"name\":\"a.png\",\"path\":\"/home/a.png\",\"bytes\":7},"
                                + "\"time\":\"1970-01-01T00:00:00Z\",\"state\":\"failed\"},"
                                + "{\"id\":\"02\",\"group\":\"team\",\"from\":\"bob\",\"file\":{\"name\":\"b.png\",\"path\":\"/d/b.png\","
                                + "\"bytes\":9,\"sha256\":\"00ff\",\"type\":\"image/png\"},\"time\":\"1970-01-01T00:00:00Z\"}]}");
    }

    @Test
    void whatDoesNotComeSaysWhyAndWhoseItIs() {
        assertThat(Events.json(new FileMail.Offered("ab", Optional.empty(), BOB, "a", 7, "big")))
                .isEqualTo("{\"event\":\"offer\",\"id\":\"ab\",\"from\":\"bob\",\"name\":\"a\",\"bytes\":7,"
                        + "\"message\":\"big\"}");
        assertThat(Events.json(new FileMail.Held("ab", TEAM, Happening.Way.OUT, BOB, "a", "why")))
                .isEqualTo("{\"event\":\"file-waits\",\"id\":\"ab\",\"group\":\"team\",\"to\":\"bob\",\"name\":\"a\","
                        + "\"message\":\"why\"}");
        assertThat(Events.json(new FileMail.Failed("ab", Optional.empty(), Happening.Way.IN, BOB, "a", "why")))
                .isEqualTo("{\"event\":\"file-failed\",\"id\":\"ab\",\"from\":\"bob\",\"name\":\"a\","
                        + "\"message\":\"why\",\"protocol\":\"modern\"}");
    }

    @Test
    void progressNamesTheFileThatSendNamed() {
        assertThat(Events.json(new Happening.Progress(
                        3, Happening.Way.OUT, new Party.User(BOB), "a", 5, 7, Optional.of("ab"))))
                .isEqualTo("{\"event\":\"progress\",\"id\":3,\"way\":\"out\",\"to\":\"bob\",\"name\":\"a\",\"bytes\":5,"
                        + "\"total\":7,\"file\":\"ab\"}");
    }

    @Test
    void commandsAnswerWithTheId() {
        assertThat(ok("send", new FileAnswer.Queued("ab", new Party.User(BOB), 1, "a", 7)))
                .isEqualTo("{\"event\":\"ok\",\"command\":\"send\",\"id\":\"ab\",\"to\":\"bob\",\"name\":\"a\","
                        + "\"bytes\":7,\"state\":\"queued\",\"protocol\":\"modern\"}");
        assertThat(ok("send", new FileAnswer.Queued("ab", new Party.Group(TEAM.get()), 2, "a", 7)))
                .contains("\"group\":\"team\",\"members\":2");
        assertThat(ok("cancel", new FileAnswer.Changed("ab", "a")))
                .isEqualTo("{\"event\":\"ok\",\"command\":\"cancel\",\"id\":\"ab\",\"name\":\"a\"}");
        assertThat(ok(
                        "transfers",
                        new FileAnswer.Transfers(List.of(new FileAnswer.Transfer(
                                "ab", TEAM, Happening.Way.IN, BOB, "a", 5, 7, FileAnswer.State.NO_ROOM)))))
                .isEqualTo(
                        "{\"event\":\"ok\",\"command\":\"transfers\",\"transfers\":[{\"id\":\"ab\",\"group\":\"team\","
                                + "\"from\":\"bob\",\"name\":\"a\",\"bytes\":5,\"total\":7,\"state\":\"no-room\"}]}");
    }

    private static String ok(String command, FileAnswer answer) {
        return Events.json(new Happening.Done(command, answer));
    }
}
