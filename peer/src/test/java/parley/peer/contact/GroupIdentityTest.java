package parley.peer.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.messages.identity.IdentityKey;
import parley.messages.wire.Content;
import parley.peer.store.Change;
import parley.peer.store.Disk;
import parley.peer.store.GroupReach;
import parley.peer.store.Reach;

/** What is said in a group is sealed for the identity that the group holds, and for no other. */
class GroupIdentityTest {
    private final Town town = new Town();
    private Side alice;
    private Side bob;

    @BeforeEach
    void settle() {
        alice = new Side("alice", 1, Disk.inMemory(), town);
        bob = new Side("bob", 2, Disk.inMemory(), town);
        alice.wanted.add(Said.ID);
        bob.wanted.add(Said.ID);
    }

    @Test
    void whatIsForAnIdentityThatIsNotHisIsGivenUpAndNeverSealed() {
        var eve = new Side("eve", 3, Disk.inMemory(), town);
        var text = says(eve.keys.chain().identity());
        alice.syncs();
        assertThat(alice.everSent).isEmpty();
        assertGivenUp(text);
        var known = says(bob.keys.chain().identity());
        alice.syncs();
        assertThat(alice.to(bob.name)).containsOnlyKeys(known.id());
        says(eve.keys.chain().identity());
        alice.syncs();
        assertThat(alice.everSent).hasSize(1);
        assertThat(alice.news(News.GaveUp.class)).hasSize(2);
    }

    @Test
    void whatIsForAnIdentityThatHeHadBeforeIsGivenUpWithoutAQuestion() {
        says(bob.keys.chain().identity());
        alice.syncs();
        town.publish(Chains.succeeded(bob, 9));
        alice.seesChainOf(bob);
        alice.syncs();
        alice.registryAnswers = false;
        var late = says(bob.keys.chain().identity());
        alice.syncs();
        assertGivenUp(late);
        assertThat(alice.with(bob.name).wantsBundle()).isFalse();
    }

    @Test
    void whatIsForAnIdentityThatIsNotKnownYetIsSealedOnceItIs() {
        says(bob.keys.chain().identity());
        alice.syncs();
        var next = Chains.succeeded(bob, 9);
        town.publish(next);
        alice.registryAnswers = false;
        var text = says(next.identity());
        alice.syncs();
        assertThat(alice.to(bob.name)).doesNotContainKey(text.id());
        alice.registryAnswers = true;
        alice.asksAgain(bob.name);
        alice.syncs();
        assertThat(alice.news(News.GaveUp.class)).isEmpty();
        assertThat(alice.to(bob.name)).containsKey(text.id());
    }

    @Test
    void whatWaitsForSomebodyElseBehindTheNameIsGivenUpWhenThatOneIsAccepted() {
        alice.registryAnswers = false;
        var text = says(bob.keys.chain().identity());
        alice.syncs();
        alice.seesChainOf(bob);
        alice.syncs();
        var other = new Side("bob", 7, Disk.inMemory(), town);
        alice.seesChainOf(other);
        alice.syncs();
        assertThat(alice.cannotSay(bob, Said.text("to either")).why())
                .isEqualTo(ContactCommand.WhyNot.IDENTITY_NOT_ACCEPTED);
        alice.acceptsIdentityOf(other);
        alice.syncs();
        alice.registryAnswers = true;
        alice.asksAgain(bob.name);
        alice.syncs();
        assertGivenUp(text);
        assertThat(alice.to(bob.name)).isEmpty();
    }

    @Test
    void theIdentityIsStillTheOneAfterARestart() {
        var eve = new Side("eve", 3, Disk.inMemory(), town);
        alice.registryAnswers = false;
        var text = says(eve.keys.chain().identity());
        alice.syncs();
        alice.restarts();
        alice.registryAnswers = true;
        alice.syncs();
        alice.asksAgain(bob.name);
        alice.syncs();
        assertThat(alice.everSent).isEmpty();
        assertGivenUp(text);
    }

    private Content.GroupText says(IdentityKey as) {
        var text = Said.text("for whom the group holds");
        alice.says(bob, text, as, List.of(new Change.MarkGroup(Said.TEAM, text.id(), List.of(bob.name))));
        return text;
    }

    private void assertGivenUp(Content.GroupText text) {
        assertThat(alice.news(News.GaveUp.class)).anySatisfy(news -> {
            assertThat(news.id()).isEqualTo(text.id());
            assertThat(news.group()).contains(Said.TEAM);
            assertThat(news.why()).isEqualTo("bob has another identity than the member of the group");
        });
        assertThat(alice.disk.reach(text.id(), Reach.GAVE_UP)).contains(new GroupReach(Said.TEAM, Reach.GAVE_UP, 1, 1));
    }
}
