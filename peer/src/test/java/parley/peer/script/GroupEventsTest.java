package parley.peer.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.messages.group.Policy;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.talk.Answer;
import parley.peer.talk.GroupAnswer;
import parley.peer.talk.GroupMail;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.ModernAnswer;

/** What programs read, to the letter: a change here breaks them. */
class GroupEventsTest {
    private static final GroupName TEAM = new GroupName("team");
    private static final Optional<GroupName> IN_TEAM = Optional.of(TEAM);
    private static final UserName ALICE = new UserName("alice");
    private static final UserName BOB = new UserName("bob");
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @Test
    void aSendIsQueuedThenMovesForEachMember() {
        assertThat(ok("send", new GroupAnswer.Queued("ab", TEAM, 6)))
                .isEqualTo(
                        "{\"event\":\"ok\",\"command\":\"send\",\"id\":\"ab\",\"group\":\"team\",\"state\":\"queued\","
                                + "\"members\":6,\"protocol\":\"modern\"}");
        for (var stage : Mail.Stage.values())
            assertThat(Events.json(new Mail.Moved("ab", Optional.of(new Mail.InGroup(TEAM, 5, 6)), BOB, stage)))
                    .isEqualTo("{\"event\":\"%s\",\"id\":\"ab\",\"group\":\"team\",\"to\":\"bob\"}"
                            .formatted(stage.name().toLowerCase(Locale.ROOT)));
        assertThat(Events.json(new Mail.NotSent("ab", IN_TEAM, BOB, "why")))
                .isEqualTo(
                        "{\"event\":\"not-sent\",\"id\":\"ab\",\"group\":\"team\",\"to\":\"bob\",\"message\":\"why\"}");
    }

    @Test
    void aTextNamesItsGroup() {
        assertThat(Events.json(new Mail.MessageCame("ab", IN_TEAM, BOB, "hi", NOON, 7)))
                .isEqualTo("{\"event\":\"message\",\"id\":\"ab\",\"group\":\"team\",\"from\":\"bob\",\"text\":\"hi\","
                        + "\"protocol\":\"modern\",\"time\":\"2026-01-02T12:00:00Z\",\"cursor\":\"7\"}");
    }

    @Test
    void changesSayWhomTheyAreAboutAndWhoMadeThem() {
        assertThat(Events.json(new GroupMail.Changed(TEAM, GroupMail.Change.ADDED, BOB, ALICE)))
                .isEqualTo(
                        "{\"event\":\"group\",\"group\":\"team\",\"change\":\"added\",\"user\":\"bob\",\"by\":\"alice\"}");
        assertThat(Events.json(
                        new GroupMail.Changed(TEAM, GroupMail.Change.POLICY, ALICE, ALICE, Optional.of(Policy.OPEN))))
                .isEqualTo("{\"event\":\"group\",\"group\":\"team\",\"change\":\"policy\",\"user\":\"alice\","
                        + "\"by\":\"alice\",\"policy\":\"open\"}");
        assertThat(List.of(GroupMail.Change.values()))
                .extracting(change -> Events.json(new GroupMail.Changed(TEAM, change, BOB, ALICE))
                        .replaceAll(".*\"change\":\"([a-z-]+)\".*", "$1"))
                .containsExactly("created", "joined", "added", "left", "removed", "admin", "no-admin", "policy");
    }

    @Test
    void troubleNamesWhoeverItCameOutWith() {
        assertThat(Events.json(GroupMail.Trouble.notAMember(TEAM, BOB)))
                .isEqualTo(
                        "{\"event\":\"group-trouble\",\"group\":\"team\",\"trouble\":\"not-a-member\",\"from\":\"bob\","
                                + "\"message\":\"bob wrote and is no member. It is not shown\"}");
        assertThat(Events.json(GroupMail.Trouble.invented(TEAM)))
                .startsWith("{\"event\":\"group-trouble\",\"group\":\"team\",\"trouble\":\"invented\",\"message\":\"");
        assertThat(Events.json(GroupMail.Trouble.hidden(TEAM, BOB))).contains("\"trouble\":\"hidden\"");
        assertThat(Events.json(GroupMail.Trouble.different(TEAM, BOB, 1, "aa", "bb")))
                .contains("\"trouble\":\"different\"");
    }

    @Test
    void gapsAndRequestsNameTheirGroup() {
        assertThat(Events.json(new Mail.Missing(IN_TEAM, BOB, 3)))
                .isEqualTo("{\"event\":\"gap\",\"group\":\"team\",\"from\":\"bob\",\"missing\":3}");
        assertThat(Events.json(new Mail.MissingCame(IN_TEAM, BOB)))
                .isEqualTo("{\"event\":\"gap\",\"group\":\"team\",\"from\":\"bob\",\"missing\":0}");
        assertThat(Events.json(new Mail.RequestCame(BOB, IN_TEAM, 0)))
                .isEqualTo("{\"event\":\"request\",\"group\":\"team\",\"from\":\"bob\",\"texts\":0}");
    }

    @Test
    void aGroupIsItsPolicyItsHeadAndItsMembers() {
        var members = List.of(
                new GroupAnswer.Member(ALICE, true, Optional.empty(), false),
                new GroupAnswer.Member(BOB, false, Optional.of(true), true));
        assertThat(ok("group", new GroupAnswer.Shown(TEAM, Policy.INVITE, 7, "ab12", members)))
                .isEqualTo(
                        "{\"event\":\"ok\",\"command\":\"group\",\"group\":\"team\",\"policy\":\"invite\",\"sequence\":7,"
                                + "\"head\":\"ab12\",\"members\":[{\"name\":\"alice\",\"admin\":true,\"verified\":false},"
                                + "{\"name\":\"bob\",\"admin\":false,\"online\":true,\"verified\":true}]}");
    }

    @Test
    void commandsSayWhatTheyDid() {
        assertFields(
                new GroupAnswer.Listed(List.of(new GroupAnswer.Size(TEAM, 3, true))),
                "\"groups\":[{\"name\":\"team\",\"members\":3,\"own\":true}]");
        assertFields(
                new GroupAnswer.Members(List.of(new Answer.Members.Group(TEAM, List.of(ALICE, BOB)))),
                "\"groups\":[{\"name\":\"team\",\"members\":[\"alice\",\"bob\"]}]");
        assertFields(new GroupAnswer.Created(TEAM, Policy.CLOSED), "\"group\":\"team\",\"policy\":\"closed\"");
        assertFields(new GroupAnswer.Joined(TEAM, 3), "\"group\":\"team\",\"created\":false,\"members\":3");
        assertFields(new GroupAnswer.Left(TEAM), "\"group\":\"team\"");
        assertFields(new GroupAnswer.Invited(TEAM, BOB), "\"group\":\"team\",\"user\":\"bob\"");
        assertFields(new GroupAnswer.Removed(TEAM, BOB), "\"group\":\"team\",\"user\":\"bob\"");
        assertFields(new GroupAnswer.Admin(TEAM, BOB, false), "\"group\":\"team\",\"user\":\"bob\",\"admin\":false");
        assertFields(new GroupAnswer.PolicySet(TEAM, Policy.MEMBERS), "\"group\":\"team\",\"policy\":\"members\"");
        assertFields(new GroupAnswer.ReadAll(TEAM, 3), "\"group\":\"team\",\"texts\":3");
    }

    @Test
    void aSignInNamesAllGroups() {
        var groups = List.of(new ModernAnswer.UnreadInGroup(TEAM, 0));
        assertFields(
                new ModernAnswer.Entered(ALICE, "", List.of(), groups),
                "\"user\":\"alice\",\"unread\":[],\"groups\":[{\"name\":\"team\",\"unread\":0}]");
    }

    @Test
    void aHistorySaysWhoseEachTextIsAndHowManyHaveOurs() {
        var texts = List.of(
                text("01", BOB, false, ModernAnswer.InGroup.theirs(TEAM)),
                text("02", ALICE, true, new ModernAnswer.InGroup(TEAM, 6, 5, 2, 6)));
        assertFields(
                new GroupAnswer.History(TEAM, texts),
                "\"group\":\"team\",\"texts\":[{\"id\":\"01\",\"group\":\"team\",\"from\":\"bob\",\"text\":\"hi\","
                        + "\"time\":\"2026-01-02T12:00:00Z\"},{\"id\":\"02\",\"group\":\"team\",\"from\":\"alice\","
                        + "\"text\":\"hi\",\"time\":\"2026-01-02T12:00:00Z\",\"state\":\"sent\",\"delivered\":5,\"read\":2,"
                        + "\"members\":6}]");
    }

    @Test
    void theStateOfATextIsWhatIsTrueForAll() {
        assertThat(state(5, 5, 5)).isEqualTo("queued");
        assertThat(state(6, 5, 5)).isEqualTo("sent");
        assertThat(state(6, 6, 5)).isEqualTo("delivered");
        assertThat(state(6, 6, 6)).isEqualTo("read");
    }

    private static String state(int sent, int delivered, int read) {
        var text = text("01", ALICE, true, new ModernAnswer.InGroup(TEAM, sent, delivered, read, 6));
        return ok("history", new GroupAnswer.History(TEAM, List.of(text)))
                .replaceAll(".*\"state\":\"([a-z]+)\".*", "$1");
    }

    private static ModernAnswer.Text text(String id, UserName from, boolean ours, ModernAnswer.InGroup in) {
        return new ModernAnswer.Text(id, Optional.of(in), from, ours, "hi", NOON, null, Optional.empty());
    }

    private static void assertFields(Answer answer, String fields) {
        assertThat(ok("any", answer)).isEqualTo("{\"event\":\"ok\",\"command\":\"any\"," + fields + "}");
    }

    private static String ok(String command, Answer answer) {
        return Events.json(new Happening.Done(command, answer));
    }
}
