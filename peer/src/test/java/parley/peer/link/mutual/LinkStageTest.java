package parley.peer.link.mutual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.messages.name.UserName;
import parley.messages.wire.Envelope;
import parley.messages.wire.Frame;

/** Two ends without a network between them: nothing is buffered but what they buffer themselves. */
class LinkStageTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final Person ALICE = Person.of("alice", 1);
    static final Person BOB = Person.of("bob", 2);

    final BlockingQueue<LinkStage.Event> alicesEvents = new LinkedBlockingQueue<>();
    final BlockingQueue<LinkStage.Event> bobsEvents = new LinkedBlockingQueue<>();
    final TestProbe<Links.Change> alicesOwner = kit.createTestProbe();
    final TestProbe<Links.Change> bobsOwner = kit.createTestProbe();

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void whatBothSayAtOnceIsHeardByBoth() throws Exception {
        var ends = linked(Limits.SHIPPED);
        int each = 15;
        for (int i = 0; i < each; i++) {
            ends.alice.order(new LinkPort.Send(new Frame.Enveloped(End.envelope(i, 60_000))));
            ends.bob.order(new LinkPort.Send(new Frame.Enveloped(End.envelope(i, 60_000))));
        }
        for (int i = 0; i < each; i++) {
            var answered = new LinkPort.Answered(List.of(End.id(i)));
            came(bobsOwner, ALICE.name(), End.envelope(i, 60_000));
            ends.bob.order(answered);
            came(alicesOwner, BOB.name(), End.envelope(i, 60_000));
            ends.alice.order(answered);
        }
    }

    @Test
    void nothingIsReadBeforeTheyAreWelcome() throws Exception {
        var ends = greeted(Limits.SHIPPED);
        ends.alice.order(new LinkPort.Serve(BOB.name(), List.of()));
        ends.alice.order(new LinkPort.Send(new Frame.Enveloped(End.envelope(1, 10))));
        bobsOwner.expectNoMessage();
        ends.bob.order(new LinkPort.Serve(ALICE.name(), List.of()));
        came(bobsOwner, ALICE.name(), End.envelope(1, 10));
    }

    @Test
    void goodbyeIsTheLastThatIsHeard() throws Exception {
        var ends = linked(Limits.SHIPPED);
        ends.alice.order(new LinkPort.Send(new Frame.Enveloped(End.envelope(1, 10))));
        ends.alice.order(new LinkPort.End(Frame.Farewell.LEAVING));
        ends.alice.order(new LinkPort.Send(new Frame.Enveloped(End.envelope(2, 10))));
        came(bobsOwner, ALICE.name(), End.envelope(1, 10));
        assertThat(bobsEvents.poll(5, TimeUnit.SECONDS)).isEqualTo(new LinkStage.Ended("said LEAVING"));
        assertThat(alicesEvents.poll(5, TimeUnit.SECONDS)).isEqualTo(new LinkStage.Ended("we said LEAVING"));
        bobsOwner.expectNoMessage();
        assertThat(bobsEvents).isEmpty();
    }

    /** Nobody could send it away yet: what comes over it must not be taken for what came before. */
    @Test
    void aLinkThatHasYetToServeIsNewerThanAllThatServe() throws Exception {
        var ends = greeted(Limits.SHIPPED);
        long newest = Links.newest();
        ends.alice.order(new LinkPort.Serve(BOB.name(), List.of()));
        ends.bob.order(new LinkPort.Serve(ALICE.name(), List.of()));
        ends.alice.order(new LinkPort.Send(new Frame.Enveloped(End.envelope(1, 10))));
        assertThat(((Links.Came) bobsOwner.receiveMessage()).link()).isGreaterThan(newest);
    }

    private record Ends(LinkPort alice, LinkPort bob) {}

    private Ends linked(LinksSettings settings) throws Exception {
        var ends = greeted(settings);
        ends.alice.order(new LinkPort.Serve(BOB.name(), List.of()));
        ends.bob.order(new LinkPort.Serve(ALICE.name(), List.of()));
        return ends;
    }

    private Ends greeted(LinksSettings settings) throws Exception {
        var alice =
                new LinkStage(settings, List.of(ALICE.own(1).hello(BOB.name())), alicesEvents::add, alicesOwner.ref());
        var bob = new LinkStage(settings, List.of(BOB.own(1).hello(ALICE.name())), bobsEvents::add, bobsOwner.ref());
        var ports =
                Flow.fromGraph(alice).joinMat(Flow.fromGraph(bob), Keep.both()).run(kit.system());
        ports.first().order(new LinkPort.Shown(BOB.tls().key()));
        ports.second().order(new LinkPort.Shown(ALICE.tls().key()));
        assertThat(alicesEvents.poll(5, TimeUnit.SECONDS)).isInstanceOf(LinkStage.Greeted.class);
        assertThat(bobsEvents.poll(5, TimeUnit.SECONDS)).isInstanceOf(LinkStage.Greeted.class);
        return new Ends(ports.first(), ports.second());
    }

    private static void came(TestProbe<Links.Change> owner, UserName from, Envelope envelope) {
        var came = (Links.Came) owner.receiveMessage();
        assertThat(came.from()).isEqualTo(from);
        assertThat(came.envelope()).isEqualTo(envelope);
    }
}
