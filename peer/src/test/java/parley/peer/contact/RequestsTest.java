package parley.peer.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.messages.wire.Content;
import parley.messages.wire.MessageId;
import parley.peer.contact.News.Stage;
import parley.peer.store.Disk;

/** Somebody to whom one never wrote. */
class RequestsTest {
    private final Town town = new Town();
    private final Allowance allowance = Allowance.create();
    private Side alice;
    private Side bob;
    private Post post;

    @BeforeEach
    void settle() {
        alice = new Side("alice", 1, Disk.inMemory(), town);
        bob = new Side("bob", 2, Disk.inMemory(), town, allowance);
        bob.publishPairs(5);
        post = new Post(town, alice, bob);
    }

    @Test
    void whatAStrangerWritesWaitsAndHeIsToldNothing() {
        var id = alice.writes(bob, "hello?");
        post.mails();
        assertThat(bob.read(alice)).isEmpty();
        assertThat(bob.news(News.RequestWaiting.class))
                .containsExactly(new News.RequestWaiting(alice.name, 1, Optional.empty()));
        assertThat(bob.to(alice.name)).isEmpty();
        assertThat(alice.stages(id)).containsExactly(Stage.SENT);
        assertThat(town.mailbox(bob.name)).isEmpty();
    }

    @Test
    void acceptShowsWhatHasWaitedAndSendsTheReceipts() {
        var ids = List.of(alice.writes(bob, "one"), alice.writes(bob, "two"));
        post.mails();
        bob.restarts();
        bob.accepts(alice);
        post.mails();
        assertThat(bob.read(alice)).containsExactly("one", "two");
        assertThat(bob.news(News.TextOpened.class)).hasSize(2);
        ids.forEach(id -> assertThat(alice.stages(id)).containsExactly(Stage.SENT, Stage.DELIVERED));
        assertThat(bob.status(alice).waiting()).isZero();
        bob.syncs();
        bob.restarts();
        assertThat(bob.status(alice).standing()).isEqualTo(Standing.ACCEPTED);
        assertThat(bob.status(alice).waiting()).isZero();
    }

    @Test
    void blockDeletesWhatHasWaitedAndAllThatComesLater() {
        alice.writes(bob, "one");
        post.mails();
        bob.blocks(alice);
        bob.syncs();
        bob.restarts();
        alice.writes(bob, "two");
        post.mails();
        assertThat(town.mailbox(bob.name)).isEmpty();
        bob.accepts(alice);
        alice.writes(bob, "three");
        post.mails();
        assertThat(bob.read(alice)).containsExactly("three");
    }

    @Test
    void whoIsBlockedCannotBeWrittenTo() {
        bob.blocks(alice);
        var refused = bob.cannotWrite(alice);
        assertThat(refused.why()).isEqualTo(ContactCommand.WhyNot.BLOCKED);
        assertThat(refused.text()).contains("accept alice");
    }

    @Test
    void whomOneHasWrittenToIsAccepted() {
        bob.writes(alice, "hi");
        assertThat(bob.status(alice).standing()).isEqualTo(Standing.ACCEPTED);
        alice.writes(bob, "you again");
        post.mails();
        assertThat(bob.read(alice)).containsExactly("you again");
    }

    @Test
    void writingToAStrangerShowsWhatHeHasWritten() {
        alice.writes(bob, "one");
        post.mails();
        bob.writes(alice, "who are you?");
        post.mails();
        assertThat(bob.read(alice)).containsExactly("one");
    }

    @Test
    void aStrangerHasRoomForThirtyTwoTexts() {
        for (int i = 0; i < 40; i++) alice.writes(bob, "text " + i);
        post.mails();
        assertThat(bob.status(alice).waiting()).isEqualTo(32);
        assertThat(town.mailbox(bob.name)).hasSize(8);
        bob.accepts(alice);
        post.mails();
        assertThat(bob.read(alice)).hasSize(40).startsWith("text 0").endsWith("text 39");
        assertThat(bob.read(alice)).isEqualTo(alice.written(bob));
    }

    @Test
    void aStrangerHasRoomForAQuarterOfAMebibyte() {
        for (int i = 0; i < 6; i++) alice.writes(bob, "x".repeat(60 * 1024));
        post.mails();
        assertThat(bob.status(alice).waiting()).isEqualTo(4);
    }

    /** A registry can name as many senders as it likes, each with a chain that holds. */
    @Test
    void whoBringsNothingThatCanBeOpenedIsNotOnDiskAfterARestart() {
        var id = alice.writes(bob, "for bob");
        alice.syncs();
        int rows = rows();
        for (int i = 0; i < 50; i++) {
            var ghost = new Side("ghost" + i, 100 + i, Disk.inMemory(), town);
            int before = rows();
            bob.seesChainOf(ghost);
            bob.syncs();
            assertThat(rows()).isEqualTo(before);
            bob.opens(ghost.name, alice.bytes(bob.name, id), new Path.Mailbox(i + 1));
            bob.syncs();
            bob.tells(ghost);
            bob.syncs();
            for (var each : List.copyOf(bob.to(ghost.name).values())) {
                bob.take(ghost.name, bob.with(ghost.name).deposited(each.id(), bob.moment()));
                bob.syncs();
            }
        }
        assertThat(rows()).isGreaterThan(rows);
        bob.restarts();
        bob.syncs();
        assertThat(rows()).isEqualTo(rows);
    }

    @Test
    void whatAStrangerSaysThatIsNoTextLeavesNoRowEach() {
        for (boolean known : List.of(false, true)) {
            if (known) alice.writes(bob, "hello?");
            alice.hands(bob, state());
            post.mails();
            int rows = bob.disk.tables().list(Places.SEEN).size();
            for (int i = 0; i < 20; i++) alice.hands(bob, state());
            post.mails();
            assertThat(town.mailbox(bob.name)).isEmpty();
            assertThat(bob.disk.tables().list(Places.SEEN)).hasSize(rows);
        }
    }

    private static Content.FileState state() {
        var random = new SecureRandom();
        return new Content.FileState(
                MessageId.random(random), MessageId.random(random), Content.FileState.State.CANCELLED);
    }

    @Test
    void ofAThousandStrangersKeysAreKeptAndFurtherOnesWait() {
        var chains = allowance.chains();
        assertThat(chains.take(Allowance.CHAINS_BYTES_MAX - Allowance.STRANGER_BYTES))
                .isTrue();
        alice.writes(bob, "the last for whom there is room");
        post.mails();
        assertThat(bob.status(alice).waiting()).isEqualTo(1);
        var carol = new Side("carol", 3, Disk.inMemory(), town);
        carol.writes(bob, "and me?");
        var carols = new Post(town, carol, bob);
        carols.mails();
        assertThat(bob.status(carol).waiting()).isZero();
        assertThat(town.mailbox(bob.name)).hasSize(1);
        // Whoever is accepted or blocked is no stranger.
        bob.restarts();
        bob.blocks(alice);
        carols.mails();
        assertThat(bob.status(carol).waiting()).isEqualTo(1);
        assertThat(chains.take(1)).isFalse();
        bob.accepts(carol);
        assertThat(chains.take(Allowance.STRANGER_BYTES)).isTrue();
    }

    @Test
    void aStrangersChainThatGrowsWithoutEndIsKeptAsItWas() {
        alice.writes(bob, "hello");
        post.mails();
        var chain = bob.status(alice).chain();
        assertThat(allowance.chains().take(Allowance.CHAINS_BYTES_MAX - Allowance.STRANGER_BYTES))
                .isTrue();
        town.publish(Chains.succeeded(alice, 9));
        bob.seesChainOf(alice);
        assertThat(bob.status(alice).chain()).isEqualTo(chain);
        bob.accepts(alice);
        bob.seesChainOf(alice);
        assertThat(bob.status(alice).trust()).isEqualTo(Trust.CHANGED);
    }

    @Test
    void allStrangersTogetherHaveRoomForFourMebibytes() {
        var all = new ArrayList<Side>();
        for (int i = 0; i < 20; i++) {
            var stranger = new Side("stranger" + i, 100 + i, Disk.inMemory(), town);
            all.add(stranger);
            for (int n = 0; n < 4; n++) stranger.writes(bob, "x".repeat(60 * 1024));
            new Post(town, stranger, bob).mails();
        }
        long waiting =
                all.stream().mapToLong(each -> bob.status(each).waiting()).sum();
        assertThat(waiting * 60 * 1024).isBetween(Allowance.BYTES_MAX - 60 * 1024, Allowance.BYTES_MAX);
        bob.blocks(all.getFirst());
        alice.writes(bob, "there is room again");
        post.mails();
        assertThat(bob.status(alice).waiting()).isEqualTo(1);
    }

    /** Of contacts, in all tables. */
    private int rows() {
        return Stream.of(Places.PROFILE, Places.SESSIONS, Places.CHAIN, Places.FORKED, Places.OUTBOX, Places.WAITING)
                .mapToInt(table -> bob.disk.tables().list(table).size())
                .sum();
    }
}
