package parley.peer.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.peer.contact.News.Stage;
import parley.peer.store.Change;
import parley.peer.store.Disk;
import parley.peer.store.GroupReach;
import parley.peer.store.Reach;

/** What is said in groups between two who need not know each other. */
class GroupContentTest {
    private final Town town = new Town();
    private Side alice;
    private Side bob;
    private Post post;

    @BeforeEach
    void settle() {
        alice = new Side("alice", 1, Disk.inMemory(), town);
        bob = new Side("bob", 2, Disk.inMemory(), town);
        bob.publishPairs(5);
        post = new Post(town, alice, bob);
        alice.wanted.add(Said.ID);
        bob.wanted.add(Said.ID);
    }

    @Test
    void aMembersTextComesAndIsReceiptedAndNobodyIsAcceptedByIt() {
        var text = writes("hello, all");
        post.mails();
        assertThat(bob.forGroups)
                .containsExactly(
                        new Effect.ForGroup(alice.name, alice.keys.chain().identity(), text));
        assertThat(Inbox.GROUPS.waiting(bob.disk.tables())).isEqualTo(bob.forGroups);
        assertThat(alice.news(News.Reached.class))
                .containsExactly(reached(text, Stage.SENT, 1), reached(text, Stage.DELIVERED, 1));
        for (var status : List.of(alice.status(bob), bob.status(alice))) {
            assertThat(status.standing()).isEqualTo(Standing.STRANGER);
            assertThat(status.waiting()).isZero();
            assertThat(status.outbox()).isZero();
        }
        assertThat(bob.disk.history()).isEmpty();
    }

    @Test
    void strangersKeepTheirSessionsOverARestart() {
        writes("one");
        post.mails();
        bob.says(alice, Said.text("two"));
        post.mails();
        var sessions = alice.with(bob.name).sessions().ids();
        // The first forgets receipts that were handed over, and whoever is nobody without them is gone by the second.
        restart();
        restart();
        var opens = writes("three");
        bob.says(alice, Said.text("four"));
        alice.syncs();
        bob.syncs();
        post.mails();
        assertThat(words(bob)).containsExactly("one", "three");
        assertThat(words(alice)).containsExactly("two", "four");
        assertThat(alice.with(bob.name).sessions().ids()).isEqualTo(sessions);
        assertThat(bob.with(alice.name).sessions().ids()).isEqualTo(sessions);
        assertThat(alice.stages(opens.id())).containsExactly(Stage.SENT, Stage.DELIVERED);
    }

    @Test
    void whatWasReadIsReceiptedToAStranger() {
        var text = writes("read me");
        post.mails();
        bob.take(
                alice.name,
                bob.with(alice.name).receiptsSaid(Content.Receipt.What.READ, List.of(text.id()), bob.moment()));
        post.mails();
        assertThat(alice.stages(text.id())).containsExactly(Stage.SENT, Stage.DELIVERED, Stage.READ);
    }

    @Test
    void anIdThatCameBeforeIsNotOpenedAgainButReceiptedAgain() {
        var text = writes("once");
        alice.syncs();
        var bytes = alice.bytes(bob.name, text.id());
        for (int i = 0; i < 3; i++) town.deposit(alice.name, bob.name, bytes);
        post.collect(bob);
        bob.restarts();
        town.deposit(alice.name, bob.name, bytes);
        post.collect(bob);
        assertThat(bob.forGroups).hasSize(1);
        assertThat(town.mailbox(bob.name)).isEmpty();
        assertThat(bob.with(alice.name).owesReceipts()).isTrue();
        bob.syncs();
        post.mails();
        assertThat(alice.stages(text.id())).containsExactly(Stage.SENT, Stage.DELIVERED);
    }

    @Test
    void whatTheGroupHasNotTakenIsStillThereAfterARestartAndGoneOnceItIsTaken() {
        var texts = List.of(writes("one"), writes("two"), writes("three"));
        post.mails();
        bob.restarts();
        assertThat(Inbox.GROUPS.waiting(bob.disk.tables()))
                .extracting(Effect.ForGroup::content)
                .containsExactlyElementsOf(texts);
        bob.disk.commit(
                List.of(List.of(Inbox.GROUPS.taken(alice.name, texts.get(1).id()))));
        assertThat(Inbox.GROUPS.waiting(bob.disk.tables()))
                .extracting(Effect.ForGroup::content)
                .containsExactly(texts.get(0), texts.get(2));
    }

    @Test
    void whoLostHisSessionsHasItSealedAgain() {
        writes("before the copy");
        post.mails();
        var copy = bob.disk.copy();
        bob.says(alice, Said.text("an answer"));
        post.mails();
        writes("in a session that the copy does not know");
        bob.says(alice, Said.text("another"));
        post.mails();
        bob.restores(copy);
        var late = writes("for the copy");
        post.mails();
        bob.nowMillis += 60_000;
        post.mails();
        assertThat(words(bob)).endsWith("for the copy");
        assertThat(alice.stages(late.id())).endsWith(Stage.DELIVERED);
    }

    @Test
    void newsOfAGroupThatIsNotKnownIsKeptFromWhoIsAccepted() {
        var carol = new Side("carol", 3, Disk.inMemory(), town);
        var both = new Post(town, alice, carol);
        carol.writes(alice, "hi");
        alice.writes(carol, "hi");
        both.links();
        alice.says(carol, Said.news());
        alice.says(carol, Said.text("and a text right behind it"));
        both.links();
        assertThat(carol.forGroups).hasSize(2);
    }

    @Test
    void newsOfAGroupThatIsNotKnownIsARequestFromAStranger() {
        var carol = new Side("carol", 3, Disk.inMemory(), town);
        var both = new Post(town, alice, carol);
        var news = Said.news();
        alice.says(carol, news);
        both.mails();
        assertThat(carol.forGroups).isEmpty();
        assertThat(carol.news(News.RequestWaiting.class))
                .containsExactly(new News.RequestWaiting(alice.name, 1, Optional.of(Said.TEAM)));
        carol.restarts();
        carol.syncs();
        assertThat(carol.news(News.RequestWaiting.class)).hasSize(2);
        carol.accepts(alice);
        carol.syncs();
        assertThat(carol.forGroups).extracting(Effect.ForGroup::content).containsExactly(news);
        assertThat(Inbox.GROUPS.waiting(carol.disk.tables())).isEqualTo(carol.forGroups);
    }

    @Test
    void aStrangersTextOfAGroupThatIsNotKnownIsLeftUntilItIs() {
        var carol = new Side("carol", 3, Disk.inMemory(), town);
        var both = new Post(town, alice, carol);
        alice.says(carol, Said.text("before anybody told carol"));
        both.mails();
        assertThat(carol.forGroups).isEmpty();
        assertThat(town.mailbox(carol.name)).hasSize(1);
        carol.wanted.add(Said.ID);
        both.mails();
        assertThat(words(carol)).containsExactly("before anybody told carol");
        assertThat(town.mailbox(carol.name)).isEmpty();
    }

    @Test
    void whoIsBlockedIsWrittenNothingAndReadNothingOf() {
        var text = writes("on its way");
        alice.syncs();
        alice.blocks(bob);
        alice.syncs();
        assertThat(alice.to(bob.name)).isEmpty();
        assertThat(alice.disk.reach(text.id(), Reach.GAVE_UP)).contains(new GroupReach(Said.TEAM, Reach.GAVE_UP, 1, 1));
        var refused = alice.cannotSay(bob, Said.text("never"));
        assertThat(refused.why()).isEqualTo(ContactCommand.WhyNot.BLOCKED);
        bob.says(alice, Said.text("to who blocks"));
        post.mails();
        assertThat(alice.forGroups).isEmpty();
        assertThat(town.mailbox(alice.name)).isEmpty();
    }

    @Test
    void inALargeGroupNoReceiptIsSentAndNoneIsWaitedFor() {
        alice.wanted.large.add(Said.ID);
        bob.wanted.large.add(Said.ID);
        var text = writes("to many");
        post.mails();
        assertThat(words(bob)).containsExactly("to many");
        assertThat(alice.stages(text.id())).containsExactly(Stage.SENT);
        assertThat(alice.status(bob).outbox()).isZero();
        restart();
        alice.syncs();
        assertThat(alice.to(bob.name)).isEmpty();
        // Should he not be able to open it, it is still there to be sealed again.
        assertThat(alice.with(bob.name).outbox().find(text.id())).isPresent();
    }

    @Test
    void whatFindsNoRoomIsLeftUntilTheGroupHasTakenSome() {
        var texts = new ArrayList<Content.GroupText>();
        for (int i = 0; i < Inbox.ROWS_MAX + 2; i++) texts.add(writes("text " + i));
        post.mails();
        assertThat(bob.forGroups).hasSize(Inbox.ROWS_MAX);
        assertThat(town.mailbox(bob.name)).hasSize(2);
        bob.disk.commit(List.of(texts.subList(0, 10).stream()
                .map(text -> Inbox.GROUPS.taken(alice.name, text.id()))
                .toList()));
        var held = Inboxes.count(alice.name, bob.disk.tables());
        var step = bob.with(alice.name).counted(held, bob.moment());
        assertThat(step.effects()).contains(new Effect.CollectAgain(alice.name));
        bob.take(alice.name, step);
        post.mails();
        assertThat(words(bob)).hasSize(Inbox.ROWS_MAX + 2).endsWith("text 1001");
    }

    /** In the group, and so with a mark of the group. */
    private Content.GroupText writes(String words) {
        var text = Said.text(words);
        alice.says(
                bob,
                text,
                bob.keys.chain().identity(),
                List.of(new Change.MarkGroup(Said.TEAM, text.id(), List.of(bob.name))));
        return text;
    }

    private void restart() {
        alice.syncs();
        bob.syncs();
        alice.restarts();
        bob.restarts();
    }

    private static News.Reached reached(Content.GroupText text, Stage stage, int members) {
        return new News.Reached(
                new UserName("bob"), text.id(), stage, Optional.of(new News.InGroup(Said.TEAM, members, 1)));
    }

    private static List<String> words(Side side) {
        return side.forGroups.stream()
                .map(said -> ((Content.GroupText) said.content()).text())
                .toList();
    }
}
