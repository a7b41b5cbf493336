package parley.proving.modern.evil;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.group.Policy;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.talk.GroupMail;
import parley.peer.talk.Mail;
import parley.proving.modern.evil.PlayedRegistry.Deposited;

/** Everything that was ever sealed for others is handed to who must not read it, by all the names that it may be from. */
class RemovedMemberTest {
    private static final int TEXTS = 100;
    private static final String QUESTION = "does bob read anything?";
    private static final GroupName TEAM = new GroupName("team");

    @TempDir
    Path folder;

    Play play;
    Person alice;
    Person bob;
    Person carol;

    @BeforeEach
    void begin() throws Exception {
        play = new Play(folder);
        play.registry.lie(new ByMailbox() {});
        alice = play.newcomer("alice");
        bob = play.newcomer("bob");
        carol = play.newcomer("carol");
        Play.acquaint(alice, bob);
        Play.acquaint(alice, carol);
        Play.acquaint(bob, carol);
    }

    @AfterEach
    void end() throws Exception {
        play.close();
    }

    /** With the vault of when he was a member, which still has all keys, and the log of then; and with the one of now. */
    @Test
    void whoWasRemovedReadsNoneOfTheNextHundredTexts() throws Exception {
        var ours = new Member(alice, TEAM);
        var his = new Member(bob, TEAM);
        ours.creates(Policy.INVITE);
        ours.invites(bob);
        his.awaitChange(GroupMail.Change.ADDED, bob);
        ours.invites(carol);
        his.awaitChange(GroupMail.Change.ADDED, carol);
        ours.sends("while bob was here", bob, carol);
        his.sendsAndIsRead("hello all", ours, new Member(carol, TEAM));
        bob.stop();
        bob.keepCopy(folder.resolve("then"));
        var logOfThen = play.registry.groups().log(TEAM);
        bob.start().signIn();

        ours.removes(bob.name());
        his.awaitChange(GroupMail.Change.REMOVED, bob);
        bob.stop();
        bob.keepCopy(folder.resolve("now"));
        new Member(carol, TEAM).awaitChange(GroupMail.Change.REMOVED, bob);
        int before = play.registry.deposits().size();
        var texts = exchange(new Member(carol, TEAM), ours);
        var since = since(before, TEXTS);
        assertThat(since).extracting(Deposited::to).doesNotContain(bob.name());

        play.registry.groups().show(bob.name(), TEAM, logOfThen.entries());
        var questions = questions();
        for (var vault : List.of("now", "then")) {
            bob.putBack(folder.resolve(vault));
            readsNoneOf(texts, since, his, questions);
            assertThat(his.history()).contains("while bob was here", "hello all");
            bob.stop();
        }
    }

    @Test
    void whoIsNewReadsNothingOlder() throws Exception {
        var ours = new Member(alice, TEAM);
        ours.creates(Policy.INVITE);
        ours.invites(carol);
        new Member(carol, TEAM).awaitChange(GroupMail.Change.ADDED, carol);
        int before = play.registry.deposits().size();
        var texts = exchange(new Member(carol, TEAM), ours);
        var since = since(before, TEXTS);
        ours.invites(bob);
        var his = new Member(bob, TEAM);
        his.awaitChange(GroupMail.Change.ADDED, bob);
        bob.stop();
        readsNoneOf(texts, since, his, questions());
        ours.sends("now he is here", bob);
        his.awaitTexts(alice, "now he is here");
        assertThat(his.history()).containsExactly("now he is here");
    }

    /** Of a hundred; each has reached the other. */
    private static Set<String> exchange(Member one, Member other) throws Exception {
        var texts = new HashSet<String>();
        for (int i : IntStream.range(0, TEXTS / 2).toArray()) {
            texts.add("text %d of one".formatted(i));
            one.sends("text %d of one".formatted(i));
            texts.add("text %d of the other".formatted(i));
            other.sends("text %d of the other".formatted(i));
        }
        one.awaitCount(other.person(), TEXTS / 2);
        other.awaitCount(one.person(), TEXTS / 2);
        return texts;
    }

    private List<Deposited> since(int before, int least) {
        var all = play.registry.deposits();
        var since = all.subList(before, all.size());
        assertThat(since).hasSizeGreaterThanOrEqualTo(least);
        return since;
    }

    /** For bob alone, to stand behind all the rest, so that all of it was tried when he reads them. */
    private List<Deposited> questions() throws Exception {
        play.registry.lie(new ByMailbox() {
            @Override
            public List<Post> deposited(UserName to, Post truth) {
                return to.equals(bob.name()) ? List.of() : List.of(truth);
            }
        });
        int before = play.registry.deposits().size();
        for (var friend : List.of(carol, alice)) friend.awaitMoved(friend.send(bob, QUESTION), Mail.Stage.SENT);
        play.registry.lie(new ByMailbox() {});
        return since(before, 2).stream()
                .filter(each -> each.to().equals(bob.name()))
                .toList();
    }

    /** Who does not run finds it all in his mailbox, and behind it something that he can open. */
    private void readsNoneOf(Set<String> texts, List<Deposited> sealed, Member his, List<Deposited> questions)
            throws Exception {
        for (var from : List.of(carol, alice))
            for (var each : sealed) play.registry.post(his.name(), new Lies.Post(from.name(), each.envelope()));
        for (var each : questions) play.registry.post(his.name(), new Lies.Post(each.by(), each.envelope()));
        int before = bob.heard().count();
        bob.start().signIn();
        for (var friend : List.of(carol, alice))
            bob.heard()
                    .await(
                            "what %s has for bob himself".formatted(friend.name()),
                            before,
                            shown -> shown instanceof Mail.MessageCame came
                                    && came.from().equals(friend.name())
                                    && came.text().equals(QUESTION));
        assertThat(his.history()).doesNotContainAnyElementsOf(texts);
        assertThat(his.texts(alice)).doesNotContainAnyElementsOf(texts);
        assertThat(his.texts(carol)).doesNotContainAnyElementsOf(texts);
    }
}
