package parley.peer.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.messages.group.Policy;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.talk.GroupMail.Change;
import parley.peer.talk.Mail.Stage;

class GroupLinesTest {
    private static final GroupName TEAM = new GroupName("team");
    private static final Optional<GroupName> IN_TEAM = Optional.of(TEAM);
    private static final UserName ALICE = new UserName("alice");
    private static final UserName BOB = new UserName("bob");

    @Test
    void aTextNamesItsGroupAndItsWriter() {
        var came = new Mail.MessageCame("00", IN_TEAM, BOB, "hi\u001b[2J", Instant.EPOCH, 1);
        assertLines(came, "team  bob: hi[2J");
    }

    @Test
    void ticksAreShownWhenAllHaveThem() {
        assertLines(moved(Stage.DELIVERED, 5));
        assertLines(moved(Stage.SENT, 7), "team  \u2713 7/7");
        assertLines(moved(Stage.DELIVERED, 7), "team  \u2713\u2713 7/7");
        assertLines(moved(Stage.READ, 7), "team  \u2713\u2713 read 7/7");
        assertLines(new Mail.NotSent("00", IN_TEAM, BOB, "his mailbox is full"), "team  bob: his mailbox is full");
    }

    @Test
    void whoComesAndGoesStandsBetweenDashes() {
        assertLines(changed(Change.CREATED, ALICE), "--- team: alice made the group ---");
        assertLines(changed(Change.JOINED, BOB), "--- team: bob joined ---");
        assertLines(changed(Change.ADDED, ALICE), "--- team: alice added bob ---");
        assertLines(changed(Change.LEFT, BOB), "--- team: bob left ---");
        assertLines(changed(Change.REMOVED, ALICE), "--- team: alice removed bob ---");
        assertLines(changed(Change.ADMIN, ALICE), "--- team: alice made bob an admin ---");
        assertLines(changed(Change.ADMIN, BOB), "--- team: bob is an admin now ---");
        assertLines(changed(Change.NO_ADMIN, ALICE), "--- team: alice made bob an ordinary member ---");
        assertLines(changed(Change.NO_ADMIN, BOB), "--- team: bob is no admin any more ---");
        assertLines(
                new GroupMail.Changed(TEAM, Change.POLICY, ALICE, ALICE, Optional.of(Policy.OPEN)),
                "--- team: alice made it open, anybody may join ---");
    }

    @Test
    void whoeverLiesAboutAGroupIsNamed() {
        assertLines(
                GroupMail.Trouble.hidden(TEAM, BOB),
                "team  The registry shows you less of this group than bob knows, or does not answer. What bob wrote waits");
        assertThat(Lines.of(GroupMail.Trouble.different(TEAM, BOB, 7, "aa11", "bb22")))
                .singleElement()
                .satisfies(line -> assertThat(line.tone()).isEqualTo(Line.Tone.ERROR))
                .satisfies(line -> assertThat(line.plain())
                        .startsWith("team  ")
                        .contains("bob another group than you: entry 7 is bb22 there and aa11 here"));
        assertThat(Lines.of(GroupMail.Trouble.invented(TEAM))).hasSize(1);
        assertLines(GroupMail.Trouble.notAMember(TEAM, BOB), "team  bob wrote and is no member. It is not shown");
    }

    @Test
    void aGapSaysWhereItIs() {
        assertLines(new Mail.Missing(IN_TEAM, BOB, 2), "team  2 texts from bob are missing here");
        assertLines(new Mail.MissingCame(IN_TEAM, BOB), "team  What was missing from bob has come");
    }

    @Test
    void aStrangersWordIsNotTakenForATruth() {
        assertLines(new Mail.RequestCame(BOB, IN_TEAM, 0), "bob says that you are in team: accept bob, or block bob");
        assertLines(
                new Mail.RequestCame(BOB, IN_TEAM, 2),
                "bob says that you are in team and wants to write to you (2 texts): accept bob, or block bob");
    }

    @Test
    void aGroupIsShownWithItsMembersAndItsHead() {
        var members = List.of(
                new GroupAnswer.Member(ALICE, true, Optional.empty(), false),
                new GroupAnswer.Member(BOB, false, Optional.of(true), true),
                new GroupAnswer.Member(new UserName("carol"), false, Optional.of(false), false));
        assertLines(
                new GroupAnswer.Shown(TEAM, Policy.INVITE, 7, "0123456789abcdef".repeat(4), members),
                "team: 3 members, invite: admins invite",
                "  alice, admin",
                "  bob, online, verified",
                "  carol, offline",
                "head: entry 7, 0123 4567 89ab cdef");
    }

    @Test
    void answersSayWhatWasDone() {
        assertLines(new GroupAnswer.Listed(List.of()), "There are no open groups, and you are in none");
        assertLines(
                new GroupAnswer.Listed(List.of(
                        new GroupAnswer.Size(new GroupName("lab"), 1, false), new GroupAnswer.Size(TEAM, 3, true))),
                "lab: 1 member",
                "team: 3 members, you are one");
        assertLines(new GroupAnswer.Members(List.of()), "You are in no group");
        assertLines(
                new GroupAnswer.Members(List.of(new Answer.Members.Group(TEAM, List.of(ALICE, BOB)))),
                "team: alice, bob");
        assertLines(
                new GroupAnswer.Created(TEAM, Policy.MEMBERS),
                "Created team, members: members invite. Now invite team NAME");
        assertLines(new GroupAnswer.Created(TEAM, Policy.CLOSED), "Created team, closed: nobody comes in");
        assertLines(new GroupAnswer.Joined(TEAM, 6), "Joined team: 6 members");
        assertLines(new GroupAnswer.Left(TEAM), "Left team");
        assertLines(new GroupAnswer.Invited(TEAM, BOB), "bob is in team now");
        assertLines(new GroupAnswer.Removed(TEAM, BOB), "bob is no longer in team");
        assertLines(new GroupAnswer.Admin(TEAM, BOB, true), "bob is an admin of team");
        assertLines(new GroupAnswer.Admin(TEAM, BOB, false), "bob is an ordinary member of team");
        assertLines(new GroupAnswer.PolicySet(TEAM, Policy.CLOSED), "team is closed now: nobody comes in");
        assertLines(new GroupAnswer.Queued("00", TEAM, 6));
        assertLines(new GroupAnswer.Queued("00", TEAM, 0), "You are alone in team: nobody else reads that");
        assertLines(new GroupAnswer.ReadAll(TEAM, 1), "Read 1 text in team");
        assertLines(new GroupAnswer.History(TEAM, List.of()), "No texts in team yet");
    }

    @Test
    void aSignInNamesTheGroupsWithUnreadTexts() {
        var groups = List.of(
                new ModernAnswer.UnreadInGroup(TEAM, 2), new ModernAnswer.UnreadInGroup(new GroupName("lab"), 0));
        assertLines(
                new ModernAnswer.Entered(ALICE, "", List.of(), groups),
                "Signed in as alice",
                "2 texts unread in team: history team");
    }

    @Test
    void aHistoryCountsWhoHasOurTexts() {
        var theirs = text(false, ModernAnswer.InGroup.theirs(TEAM));
        assertThat(texts(new GroupAnswer.History(TEAM, List.of(theirs)))).containsExactly("bob: hi");
        assertThat(ours(0, 0, 0)).isEqualTo("you: hi ...");
        assertThat(ours(2, 0, 0)).isEqualTo("you: hi \u2713 2/7");
        assertThat(ours(7, 5, 2)).isEqualTo("you: hi \u2713\u2713 5/7");
        assertThat(ours(7, 7, 0)).isEqualTo("you: hi \u2713\u2713 7/7");
        assertThat(ours(7, 7, 2)).isEqualTo("you: hi \u2713\u2713 read 2/7");
        assertThat(texts(new ModernAnswer.Found(List.of(theirs), false))).containsExactly("team  bob: hi");
    }

    private static String ours(int sent, int delivered, int read) {
        var text = text(true, new ModernAnswer.InGroup(TEAM, sent, delivered, read, 7));
        return texts(new GroupAnswer.History(TEAM, List.of(text))).getFirst();
    }

    private static ModernAnswer.Text text(boolean ours, ModernAnswer.InGroup in) {
        return new ModernAnswer.Text(
                "00", Optional.of(in), ours ? ALICE : BOB, ours, "hi", Instant.EPOCH, null, Optional.empty());
    }

    /** Without the time, which depends on where the test runs. */
    private static List<String> texts(Answer answer) {
        return Lines.of(new Happening.Done("history", answer)).stream()
                .map(line -> new Line(line.tone(), "", line.where(), line.who(), line.text()).plain())
                .toList();
    }

    private static Mail moved(Stage stage, int reached) {
        return new Mail.Moved("00", Optional.of(new Mail.InGroup(TEAM, reached, 7)), BOB, stage);
    }

    private static Mail changed(Change change, UserName by) {
        return new GroupMail.Changed(TEAM, change, BOB, by);
    }

    private static void assertLines(Answer answer, String... lines) {
        assertLines(new Happening.Done("some", answer), lines);
    }

    private static void assertLines(Happening happening, String... lines) {
        assertThat(Lines.of(happening)).extracting(Line::plain).containsExactly(lines);
    }
}
