package parley.peer.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.name.UserName;
import parley.peer.contact.News.Stage;
import parley.peer.store.Disk;

/** Two with real vaults, and whatever can come between them. */
class ConvergenceTest {
    @TempDir
    Path folder;

    private final Town town = new Town();
    private Side alice;
    private Side bob;
    private Post post;

    @BeforeEach
    void settle() {
        alice = side("alice", 1);
        bob = side("bob", 2);
        post = new Post(town, alice, bob);
    }

    private Side side(String name, long seed) {
        var side = new Side(name, seed, Disk.vault(folder.resolve(name + seed), new UserName(name)), town);
        side.publishPairs(5);
        return side;
    }

    private void acquainted() {
        alice.writes(bob, "hello bob");
        bob.writes(alice, "hello alice");
        post.links();
        assertThat(bob.read(alice)).containsExactly("hello bob");
        assertThat(alice.read(bob)).containsExactly("hello alice");
    }

    @Test
    void bothMayBeginAtOnce() {
        alice.writes(bob, "a1");
        bob.writes(alice, "b1");
        alice.syncs();
        bob.syncs();
        alice.syncs();
        bob.syncs();
        assertThat(alice.to(bob.name)).hasSize(1);
        assertThat(bob.to(alice.name)).hasSize(1);
        post.links();
        alice.writes(bob, "a2");
        bob.writes(alice, "b2");
        post.links();
        assertThat(bob.read(alice)).containsExactly("a1", "a2");
        assertThat(alice.read(bob)).containsExactly("b1", "b2");
        assertStill();
    }

    @Test
    void firstMessagesThatAreLostGoOutAgain() {
        var first = alice.writes(bob, "lost once");
        alice.syncs();
        alice.outgoing.clear();
        alice.restarts();
        post.mails();
        bob.accepts(alice);
        post.mails();
        assertThat(bob.read(alice)).containsExactly("lost once");
        assertThat(alice.stages(first)).containsExactly(Stage.SENT, Stage.DELIVERED);
    }

    @Test
    void whoHasNoOneTimePrekeysLeftIsWrittenToAllTheSame() {
        town.forgetPairs(bob.name);
        alice.writes(bob, "last resort");
        bob.accepts(alice);
        post.links();
        assertThat(bob.read(alice)).containsExactly("last resort");
    }

    @Test
    void theSameBytesOnBothPathsAreShownOnce() {
        acquainted();
        var id = alice.writes(bob, "twice");
        alice.syncs();
        var bytes = alice.bytes(bob.name, id);
        for (int i = 0; i < 3; i++) town.deposit(alice.name, bob.name, bytes);
        post.links();
        post.collect(bob);
        bob.restarts();
        town.deposit(alice.name, bob.name, bytes);
        post.collect(bob);
        bob.opens(alice.name, bytes, new parley.peer.contact.Path.Link());
        post.mails();
        assertThat(bob.read(alice)).containsExactly("hello bob", "twice");
        assertThat(town.mailbox(bob.name)).isEmpty();
        assertThat(bob.news(News.TextOpened.class)).hasSize(2);
    }

    @Test
    void whatComesOutOfOrderShowsAGapThatIsFilled() {
        acquainted();
        for (var text : List.of("2", "3", "4", "5")) alice.writes(bob, text);
        alice.syncs();
        for (var each : List.copyOf(alice.to(bob.name).values()).reversed()) {
            bob.opens(alice.name, each.envelope(), new parley.peer.contact.Path.Link());
            bob.syncs();
        }
        assertThat(bob.read(alice)).containsExactly("hello bob", "5", "4", "3", "2");
        assertThat(bob.news(News.Gap.class)).containsExactly(new News.Gap(alice.name, 2, 4));
        assertThat(bob.news(News.GapFilled.class))
                .extracting(News.GapFilled::counter)
                .containsExactly(4L, 3L, 2L);
        assertThat(bob.status(alice).gaps()).isEmpty();
    }

    @Test
    void aContactWhoReinstalledBlocksSendingUntilHeIsAccepted() {
        acquainted();
        var again = side("bob", 3);
        post = new Post(town, alice, again);
        var lost = alice.writes(again, "to the old one");
        alice.syncs();
        alice.seesChainOf(again);
        alice.syncs();
        assertThat(alice.news(News.IdentityChanged.class)).containsExactly(new News.IdentityChanged(bob.name, false));
        assertThat(alice.to(bob.name)).isEmpty();
        var refused = alice.cannotWrite(again);
        assertThat(refused.why()).isEqualTo(ContactCommand.WhyNot.IDENTITY_NOT_ACCEPTED);
        assertThat(refused.text()).contains("accept bob");
        alice.restarts();
        alice.syncs();
        assertThat(alice.cannotWrite(again).why()).isEqualTo(ContactCommand.WhyNot.IDENTITY_NOT_ACCEPTED);

        alice.acceptsIdentityOf(again);
        again.accepts(alice);
        post.links();
        again.writes(alice, "it is me");
        alice.writes(again, "good");
        post.links();
        assertThat(again.read(alice)).containsExactly("to the old one", "good");
        assertThat(alice.read(again)).containsExactly("hello alice", "it is me");
        assertThat(alice.stages(lost)).contains(Stage.DELIVERED);
        assertThat(again.news(News.Gap.class)).isEmpty();
        assertThat(again.news(News.VaultWasOld.class)).isEmpty();
        assertThat(alice.news(News.VaultWasOld.class)).isEmpty();
    }

    @Test
    void whoReinstalledAndWritesFirstIsHeardOnceHeIsAccepted() {
        acquainted();
        var again = side("bob", 3);
        post = new Post(town, alice, again);
        again.writes(alice, "new machine");
        post.mails();
        assertThat(alice.read(again)).containsExactly("hello alice");
        assertThat(alice.status(again).trust()).isEqualTo(Trust.FORKED);
        assertThat(town.mailbox(alice.name)).hasSize(1);
        alice.acceptsIdentityOf(again);
        post.mails();
        assertThat(alice.read(again)).containsExactly("hello alice", "new machine");
    }

    @Test
    void anIdentityThatTheOneBeforeSignedIsShownAndAllGoesOn() {
        acquainted();
        var chain = bob.keys.chain();
        town.publish(Chains.succeeded(bob, 7));
        alice.seesChainOf(bob);
        alice.syncs();
        assertThat(alice.news(News.IdentityChanged.class)).containsExactly(new News.IdentityChanged(bob.name, true));
        assertThat(alice.status(bob).trust()).isEqualTo(Trust.CHANGED);
        alice.writes(bob, "still you");
        post.links();
        assertThat(bob.read(alice)).endsWith("still you");
        assertThat(chain.identity())
                .isNotEqualTo(town.chain(bob.name).orElseThrow().identity());
    }

    @Test
    void toAnIdentityThatHasEndedNothingIsSent() {
        acquainted();
        var id = alice.writes(bob, "too late");
        alice.syncs();
        town.publish(Chains.revoked(bob));
        alice.seesChainOf(bob);
        alice.syncs();
        assertThat(alice.to(bob.name)).isEmpty();
        assertThat(alice.news(News.GaveUp.class)).extracting(News.GaveUp::id).containsExactly(id);
        assertThat(alice.cannotWrite(bob).why()).isEqualTo(ContactCommand.WhyNot.REVOKED);
        bob.writes(alice, "a thief");
        post.links();
        assertThat(alice.read(bob)).containsExactly("hello alice");
    }

    @Test
    void whoWithholdsTheEndOfAChainIsNotBelieved() {
        acquainted();
        var short_ = bob.keys.chain();
        bob.disk.commit(List.of(bob.keys.renewed(bob.nowMillis, bob.moment().random())));
        town.publish(bob.keys.chain());
        alice.seesChainOf(bob);
        town.publish(short_);
        alice.seesChainOf(bob);
        alice.syncs();
        assertThat(alice.news(News.ChainWithheld.class)).hasSize(1);
        assertThat(alice.status(bob).chain()).contains(bob.keys.chain());
        assertThat(alice.status(bob).trust()).isEqualTo(Trust.PINNED);
    }

    @Test
    void aForkThatWasALieIsForgottenWhenTheChainIsBack() {
        acquainted();
        alice.writes(bob, "held");
        alice.syncs();
        var good = bob.keys.chain();
        var fake = new Side("bob", 9, Disk.inMemory(), new Town());
        town.publish(fake.keys.chain());
        alice.seesChainOf(bob);
        alice.syncs();
        assertThat(alice.to(bob.name)).isEmpty();
        town.publish(good);
        alice.seesChainOf(bob);
        post.links();
        assertThat(bob.read(alice)).containsExactly("hello bob", "held");
    }

    @Test
    void aSenderWhoseVaultWasPutBackIsToldWhereItIsByMail() {
        acquainted();
        var older = alice.disk.copy();
        for (int i = 0; i < 3; i++) {
            alice.writes(bob, "after the copy " + i);
            bob.writes(alice, "answer " + i);
            post.links();
        }
        alice.restores(older);
        var anew = alice.writes(bob, "from the copy");
        post.mails();
        assertThat(bob.read(alice))
                .containsExactly(
                        "hello bob", "after the copy 0", "after the copy 1", "after the copy 2", "from the copy");
        assertThat(alice.stages(anew)).endsWith(Stage.DELIVERED);
        assertThat(alice.news(News.VaultWasOld.class)).containsExactly(new News.VaultWasOld(bob.name, true, 3));
        assertThat(bob.news(News.VaultWasOld.class)).isNotEmpty().allMatch(old -> !old.ours());
        assertGoesOn();
    }

    @Test
    void aSenderWhoseVaultWasPutBackIsToldWhereItIsOverALink() {
        acquainted();
        var older = alice.disk.copy();
        for (int i = 0; i < 3; i++) {
            alice.writes(bob, "after the copy " + i);
            bob.writes(alice, "answer " + i);
            post.links();
        }
        alice.restores(older);
        alice.writes(bob, "from the copy");
        post.links();
        assertThat(bob.read(alice)).hasSize(5).endsWith("from the copy");
        assertThat(alice.news(News.VaultWasOld.class)).hasSize(1);
        assertThat(bob.news(News.VaultWasOld.class)).isNotEmpty();
        assertGoesOn();
    }

    @Test
    void aReceiverWhoseVaultWasPutBackGetsWhatIsSealedAgain() {
        acquainted();
        var older = bob.disk.copy();
        for (int i = 0; i < 3; i++) {
            alice.writes(bob, "lost with the vault " + i);
            bob.writes(alice, "answer " + i);
            post.mails();
        }
        bob.restores(older);
        alice.writes(bob, "after");
        post.mails();
        assertThat(bob.read(alice)).containsExactly("hello bob", "after");
        assertThat(bob.news(News.Gap.class)).contains(new News.Gap(alice.name, 2, 4));
        assertThat(alice.news(News.VaultWasOld.class)).isNotEmpty().allMatch(old -> !old.ours() && old.missing() == 3);
        bob.writes(alice, "bob goes on");
        post.mails();
        assertThat(alice.read(bob)).endsWith("bob goes on");
        assertGoesOn();
    }

    @Test
    void aVaultFromBeforeTheyMetIsMendedToo() {
        var older = bob.disk.copy();
        acquainted();
        bob.restores(older);
        bob.accepts(alice);
        alice.writes(bob, "do you know me?");
        post.mails();
        assertThat(bob.read(alice)).containsExactly("do you know me?");
        assertGoesOn();
    }

    @Test
    void pairsWhosePrivateHalvesAreGoneCostOneRoundAndNotOneEach() {
        var older = bob.disk.copy();
        bob.publishPairs(20);
        bob.restores(older);
        bob.accepts(alice);
        for (int i = 0; i < 8; i++) town.pair(bob.name);
        alice.writes(bob, "whatever it takes");
        post.links();
        assertThat(bob.read(alice)).containsExactly("whatever it takes");
        assertThat(alice.news(News.GaveUp.class)).isEmpty();
    }

    @Test
    void clocksTenYearsApartAlterNothing() {
        bob.nowMillis += Duration.ofDays(3_650).toMillis();
        acquainted();
        bob.nowMillis -= 2 * Duration.ofDays(3_650).toMillis();
        for (int i = 0; i < 5; i++) {
            alice.writes(bob, "a" + i);
            bob.writes(alice, "b" + i);
            post.mails();
        }
        assertThat(bob.read(alice)).hasSize(6);
        assertThat(alice.read(bob)).hasSize(6);
        assertStill();
    }

    @Test
    void afterFiveSealingsItIsGivenUp() {
        acquainted();
        var id = alice.writes(bob, "unreadable");
        for (int i = 0; i < 6; i++) {
            alice.syncs();
            alice.syncs();
            assertThat(alice.to(bob.name)).as("attempt %d", i).containsKey(id);
            alice.take(bob.name, alice.with(bob.name).refused(id, parley.messages.wire.Reason.OTHER, alice.moment()));
        }
        alice.syncs();
        assertThat(alice.to(bob.name)).isEmpty();
        assertThat(alice.news(News.GaveUp.class)).extracting(News.GaveUp::id).containsExactly(id);
    }

    @Test
    void theRegistryAwayOnlyDelays() {
        alice.registryAnswers = false;
        alice.writes(bob, "later");
        alice.syncs();
        alice.restarts();
        alice.registryAnswers = true;
        post.links();
        bob.accepts(alice);
        post.links();
        assertThat(bob.read(alice)).containsExactly("later");
    }

    @Test
    void readReceiptsAreSaidOnlyIfTheyAreWanted() {
        acquainted();
        var told = alice.writes(bob, "one");
        post.mails();
        bob.reads(alice, true);
        post.mails();
        assertThat(alice.stages(told)).containsExactly(Stage.SENT, Stage.DELIVERED, Stage.READ);
        var untold = alice.writes(bob, "two");
        post.mails();
        bob.reads(alice, false);
        post.mails();
        assertThat(alice.stages(untold)).containsExactly(Stage.SENT, Stage.DELIVERED);
        assertThat(bob.status(alice).unread()).isZero();
    }

    @Test
    void receiptsAreBatched() {
        acquainted();
        for (int i = 0; i < 50; i++) alice.writes(bob, "text " + i);
        post.deposit(alice, bob);
        post.collect(bob);
        bob.tells(alice);
        bob.syncs();
        assertThat(bob.to(alice.name)).hasSize(1);
        post.mails();
        assertThat(alice.status(bob).outbox()).isZero();
    }

    private void assertGoesOn() {
        for (int i = 0; i < 3; i++) {
            var to = alice.writes(bob, "on " + i);
            var back = bob.writes(alice, "and on " + i);
            post.links();
            assertThat(alice.stages(to)).containsExactly(Stage.DELIVERED);
            assertThat(bob.stages(back)).containsExactly(Stage.DELIVERED);
        }
        assertThat(bob.read(alice)).endsWith("on 0", "on 1", "on 2");
        assertThat(alice.read(bob)).endsWith("and on 0", "and on 1", "and on 2");
        assertStill();
    }

    private void assertStill() {
        assertThat(alice.status(bob).outbox()).isZero();
        assertThat(bob.status(alice).outbox()).isZero();
        assertThat(alice.news(News.GaveUp.class)).isEmpty();
        assertThat(bob.news(News.GaveUp.class)).isEmpty();
    }
}
