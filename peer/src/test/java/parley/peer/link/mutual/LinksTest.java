package parley.peer.link.mutual;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.messages.name.PeerAddress;
import parley.messages.wire.Reason;

/** Two or three people on real loopback TCP. */
class LinksTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final Person ALICE = Person.of("alice", 1);
    static final Person BOB = Person.of("bob", 2);
    static final Person EVE = Person.of("eve", 3);
    static final Duration SHORT = Duration.ofMillis(200);

    final End alice = new End(kit, ALICE, Limits.handshake(Duration.ofSeconds(5)), BOB.contact(1));
    final End bob = new End(kit, BOB, Limits.handshake(Duration.ofSeconds(5)), ALICE.contact(1));

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void envelopesComeAndAreAcknowledgedOrRefusedBothWays() {
        alice.linksWith(bob);
        for (var ends : List.of(List.of(alice, bob), List.of(bob, alice))) {
            var from = ends.getFirst();
            var to = ends.getLast();
            var envelope = End.envelope(7, 66_814);
            from.sends(to, envelope);
            var came = to.hears(Links.Came.class);
            assertThat(came.from()).isEqualTo(from.who.name());
            assertThat(came.envelope()).isEqualTo(envelope);
            to.links.tell(new Links.Ack(from.who.name(), List.of(End.id(7), End.id(8))));
            assertThat(from.hears(Links.Acked.class))
                    .isEqualTo(new Links.Acked(to.who.name(), List.of(End.id(7), End.id(8))));
            to.links.tell(new Links.Refuse(from.who.name(), End.id(9), Reason.SPENT_PREKEYS));
            assertThat(from.hears(Links.Refused.class))
                    .isEqualTo(new Links.Refused(to.who.name(), End.id(9), Reason.SPENT_PREKEYS));
        }
    }

    @Test
    void whatIsSentComesInItsOrder() {
        alice.linksWith(bob);
        for (int i = 0; i < 500; i++) alice.sends(bob, End.envelope(i, 300));
        for (int i = 0; i < 500; i++) {
            assertThat(bob.hears(Links.Came.class).envelope().id()).isEqualTo(End.id(i));
            bob.links.tell(new Links.Ack(ALICE.name(), List.of(End.id(i))));
        }
    }

    @Test
    void manyAreAcknowledgedAtOnce() {
        alice.linksWith(bob);
        bob.links.tell(new Links.Ack(
                ALICE.name(), IntStream.range(0, 600).mapToObj(End::id).toList()));
        assertThat(alice.hears(Links.Acked.class).ids()).hasSize(255);
        assertThat(alice.hears(Links.Acked.class).ids()).hasSize(255);
        assertThat(alice.hears(Links.Acked.class).ids()).hasSize(90);
    }

    @Test
    void whoAnswersNothingIsSentNoMoreThanFits() {
        alice.linksWith(bob);
        for (int i = 0; i < 12; i++) alice.sends(bob, End.envelope(i, 60_000));
        for (int i = 0; i < 5; i++) bob.hears(Links.Came.class);
        bob.owner.expectNoMessage(SHORT);
        bob.links.tell(new Links.Ack(ALICE.name(), List.of(End.id(0))));
        bob.links.tell(new Links.Refuse(ALICE.name(), End.id(1), Reason.OTHER));
        for (int i = 5; i < 7; i++)
            assertThat(bob.hears(Links.Came.class).envelope().id()).isEqualTo(End.id(i));
        bob.owner.expectNoMessage(SHORT);
    }

    @Test
    void whoDoesNotReadIsLeft() {
        alice.linksWith(bob);
        // Bob answers none of them; what the sockets between us hold is on top of our own limit.
        for (int i = 0; i < 400; i++) alice.sends(bob, End.envelope(i, 60_000));
        assertThat(alice.hears(Links.LinkDown.class).why()).isEqualTo("does not read what we send");
    }

    @Test
    void aDialThatFailsIsToldAndNotRepeatedAtOnce() {
        var nowhere = PeerAddress.parse("127.0.0.1:1");
        alice.links.tell(new Links.Dial(BOB.name(), nowhere));
        assertThat(alice.hears(Links.NotReached.class))
                .isEqualTo(new Links.NotReached(BOB.name(), "Connection refused"));
        alice.links.tell(new Links.Dial(BOB.name(), nowhere));
        alice.owner.expectNoMessage(Duration.ofMillis(5));
        // Elsewhere he may be.
        alice.linksWith(bob);
    }

    @Test
    void whereNobodyMayBeCalledNobodyIs() {
        alice.links.tell(new Links.Dial(BOB.name(), PeerAddress.parse("169.254.169.254:80")));
        assertThat(alice.hears(Links.NotReached.class).why()).contains("never dialled");
    }

    @Test
    void strangersAreToldNothing() {
        var eve = new End(kit, EVE, Limits.SHIPPED, BOB.contact(1));
        eve.dials(bob);
        assertThat(eve.hears(Links.NotReached.class).why()).isEqualTo("said NOT_A_CONTACT");
        bob.owner.expectNoMessage(SHORT);
    }

    @Test
    void whoSaysToBeSomebodyElseIsAStranger() {
        // Eve has learnt everything about Alice but her TLS key.
        var eve = new End(kit, new Person(ALICE.name(), ALICE.identity(), EVE.tls()), Limits.SHIPPED, BOB.contact(1));
        eve.dials(bob);
        assertThat(eve.hears(Links.NotReached.class).why()).isEqualTo("said NOT_A_CONTACT");
        bob.owner.expectNoMessage(SHORT);
    }

    @Test
    void whoIsCalledAndShowsAnotherKeyIsNotGreeted() {
        var eve = new End(kit, new Person(BOB.name(), BOB.identity(), EVE.tls()), Limits.SHIPPED, ALICE.contact(1));
        alice.dials(eve);
        assertThat(alice.hears(Links.NotReached.class).why()).contains("expected");
        eve.owner.expectNoMessage(SHORT);
    }

    @Test
    void aLongerChainIsFetchedBeforeAnythingElse() {
        var renewed = BOB.withTls(2);
        bob.links.tell(new Links.Become(renewed.own(4)));
        bob.dials(alice);
        assertThat(alice.hears(Links.Behind.class)).isEqualTo(new Links.Behind(BOB.name(), 4));
        alice.owner.expectNoMessage(SHORT);
        bob.owner.expectNoMessage(SHORT);
        alice.links.tell(new Links.Know(renewed.contact(4)));
        assertThat(alice.hears(Links.LinkUp.class).name()).isEqualTo(BOB.name());
        assertThat(bob.hears(Links.LinkUp.class).name()).isEqualTo(ALICE.name());
    }

    @Test
    void whoCallsLearnsOfALongerChainToo() {
        bob.links.tell(new Links.Become(BOB.own(4)));
        alice.dials(bob);
        assertThat(bob.hears(Links.LinkUp.class).name()).isEqualTo(ALICE.name());
        assertThat(alice.hears(Links.Behind.class)).isEqualTo(new Links.Behind(BOB.name(), 4));
        alice.links.tell(new Links.Know(BOB.contact(4)));
        assertThat(alice.hears(Links.LinkUp.class).name()).isEqualTo(BOB.name());
    }

    @Test
    void aChainThatTheRegistryDoesNotShowMakesNoLink() {
        bob.links.tell(new Links.Become(BOB.own(4)));
        bob.dials(alice);
        alice.hears(Links.Behind.class);
        alice.links.tell(new Links.Know(BOB.contact(3)));
        assertThat(bob.hears(Links.NotReached.class).why()).isEqualTo("said NOT_A_CONTACT");
        alice.owner.expectNoMessage(SHORT);
    }

    @Test
    void aNewKeyThatIsNotYetKnownIsNotTakenForAnOldOne() {
        bob.links.tell(new Links.Become(BOB.withTls(2).own(1)));
        bob.dials(alice);
        assertThat(bob.hears(Links.NotReached.class).why()).isEqualTo("said NOT_A_CONTACT");
    }

    @Test
    void aSplitViewIsToldAndMakesNoLink() {
        var shownToAlice = new Contact(BOB.name(), BOB.identity(), BOB.tls().key(), 1, Person.head("bob", 99));
        alice.links.tell(new Links.Know(shownToAlice));
        bob.dials(alice);
        assertThat(alice.hears(Links.Differs.class).name()).isEqualTo(BOB.name());
        bob.hears(Links.NotReached.class);
        alice.owner.expectNoMessage(SHORT);
    }

    @Test
    void aLinkEndsWhenItsKeyIsNoLongerTheChains() {
        alice.linksWith(bob);
        alice.links.tell(new Links.Know(BOB.contact(2)));
        alice.owner.expectNoMessage(SHORT);
        alice.links.tell(new Links.Know(BOB.withTls(5).contact(3)));
        assertThat(alice.hears(Links.LinkDown.class).why()).contains("another key");
        assertThat(bob.hears(Links.LinkDown.class).why()).isEqualTo("said NOT_A_CONTACT");
    }

    @Test
    void whoIsNoContactAnyMoreHasNoLink() {
        alice.linksWith(bob);
        alice.links.tell(new Links.Forget(BOB.name()));
        alice.hears(Links.LinkDown.class);
        bob.hears(Links.LinkDown.class);
        bob.dials(alice);
        assertThat(bob.hears(Links.NotReached.class).why()).isEqualTo("said NOT_A_CONTACT");
    }

    @Test
    void whoLeavesSaysSo() {
        alice.linksWith(bob);
        alice.links.tell(new Links.Leave());
        assertThat(bob.hears(Links.LinkDown.class).why()).isEqualTo("said LEAVING");
        alice.owner.expectTerminated(alice.links, End.PATIENCE);
        bob.dials(alice);
        assertThat(bob.hears(Links.NotReached.class).why()).isEqualTo("Connection refused");
    }

    @Test
    void whoCrashesAndComesBackHasALinkAgain() {
        alice.linksWith(bob);
        kit.stop(bob.links);
        alice.hears(Links.LinkDown.class);
        var back = new End(kit, BOB, Limits.SHIPPED, ALICE.contact(1));
        back.linksWith(alice);
    }

    @Test
    void anIdleLinkIsClosedAndOpenedAgain() {
        var idle = Limits.still(Duration.ofMillis(100), Duration.ofSeconds(9), Duration.ofMillis(300));
        var carol = new End(kit, Person.of("carol", 4), idle, BOB.contact(1));
        bob.links.tell(new Links.Know(carol.who.contact(1)));
        carol.linksWith(bob);
        assertThat(carol.hears(Links.LinkDown.class).why()).isEqualTo("idle");
        assertThat(bob.hears(Links.LinkDown.class).why()).isEqualTo("said IDLE");
        bob.linksWith(carol);
    }

    @Test
    void pingsKeepAQuietLinkThatIsNotIdleYet() {
        var quiet = Limits.still(Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofSeconds(60));
        var carol = new End(kit, Person.of("carol", 4), quiet, BOB.contact(1));
        bob.links.tell(new Links.Know(carol.who.contact(1)));
        carol.linksWith(bob);
        carol.owner.expectNoMessage(Duration.ofSeconds(1));
    }
}
