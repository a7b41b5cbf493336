package parley.peer.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.messages.classic.GroupKey;
import parley.messages.classic.Reply;
import parley.messages.name.UserName;
import parley.peer.cipher.OwnKeyPair;
import parley.peer.talk.Party;

class CiphersTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final OwnKeyPair KEYS = OwnKeyPair.create(new SecureRandom());
    static final GroupKey KEY = new GroupKey(ByteString.fromString("abcdefghijklmnopqrstuvwx"));

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    final PlayedLookup lookup = PlayedLookup.replying(kit, request -> new Reply.Key(KEY));
    final ActorRef<Session.Command> session =
            kit.spawn(Session.create(Fixtures.ALICE, new Session.Tools(lookup.registry, packing(), new Shown(), KEYS)));

    private static Packing packing() {
        return Fixtures.packing(kit, KEYS.publicValue(), new Shown());
    }

    @Test
    void oneContactHasOneCipher() {
        assertThat(lend(Fixtures.TO_BOB)).isEqualTo(lend(Fixtures.TO_BOB));
        assertThat(lend(Fixtures.TO_BOB)).isNotEqualTo(lend(new Party.User(Fixtures.CAROL)));
    }

    @Test
    void aGroupsKeyIsFetchedOnce() throws Exception {
        var cipher = lend(Fixtures.TO_TEAM).orElseThrow();
        for (int i = 0; i < 3; i++) {
            cipher.seal(Optional.empty(), List.of(ByteString.fromString("hi")))
                    .toCompletableFuture()
                    .get(5, TimeUnit.SECONDS);
        }
        assertThat(lookup.asked).hasSize(1);
    }

    /** A friend's file is coming while a stranger claims one name after the other. */
    @Test
    void aCipherInUseOutlivesAFloodOfNames() {
        var friend = actor(lend(Fixtures.TO_BOB));
        var stranger = actor(lend(new Party.User(new UserName("first"))));
        giveBack("first");
        for (int i = 0; i < 2 * Ciphers.KEPT_MAX; i++) {
            lend(new Party.User(new UserName("x" + i)));
            giveBack("x" + i);
        }
        var probe = kit.createTestProbe();
        probe.expectTerminated(stranger);
        assertThat(actor(lend(Fixtures.TO_BOB))).isEqualTo(friend);
    }

    @Test
    void theOneThatWasLongestUnusedIsStoppedFirst() {
        var actors = new ArrayList<ActorRef<?>>();
        for (int i = 0; i < Ciphers.KEPT_MAX; i++) {
            actors.add(actor(lend(new Party.User(new UserName("x" + i)))));
            giveBack("x" + i);
        }
        lend(new Party.User(new UserName("x0")));
        giveBack("x0");
        lend(new Party.User(new UserName("one-more")));
        kit.createTestProbe().expectTerminated(actors.get(1));
        assertThat(actor(lend(new Party.User(new UserName("x0"))))).isEqualTo(actors.get(0));
    }

    @Test
    void whenAllAreInUseThereIsNoneForAnother() {
        for (int i = 0; i < Ciphers.KEPT_MAX; i++) {
            assertThat(lend(new Party.User(new UserName("x" + i)))).isPresent();
        }
        assertThat(lend(Fixtures.TO_BOB)).isEmpty();
        assertThat(lend(new Party.User(new UserName("x7")))).isPresent();
        giveBack("x7");
        assertThat(lend(Fixtures.TO_BOB)).isEmpty();
        giveBack("x7");
        assertThat(lend(Fixtures.TO_BOB)).isPresent();
    }

    @Test
    void aCipherThatIsGoneIsSaidSoWithoutNamingActors() {
        var cipher = lend(Fixtures.TO_TEAM).orElseThrow();
        var actor = actor(Optional.of(cipher));
        session.tell(new Session.Abort());
        kit.createTestProbe().expectTerminated(actor);
        assertThat(cipher.seal(Optional.empty(), List.of(ByteString.fromString("hi")))
                        .toCompletableFuture())
                .failsWithin(5, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingRootCause()
                .withMessage("our own cipher did not answer");
    }

    private Optional<Cipher> lend(Party party) {
        CompletionStage<Optional<Cipher>> asked = AskPattern.ask(
                session,
                replyTo -> new Session.Introduce(party, replyTo),
                Fixtures.LONG,
                kit.system().scheduler());
        return asked.toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    }

    private void giveBack(String name) {
        session.tell(new Session.GivenBack(new Party.User(new UserName(name))));
    }

    private static ActorRef<?> actor(Optional<Cipher> lent) {
        return switch (lent.orElseThrow()) {
            case Cipher.OfContact cipher -> cipher.actor();
            case Cipher.OfGroup cipher -> cipher.actor();
        };
    }
}
