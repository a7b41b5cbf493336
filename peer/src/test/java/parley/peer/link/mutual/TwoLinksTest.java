package parley.peer.link.mutual;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.channel.Channel;
import parley.channel.Expected;
import parley.messages.name.PeerAddress;
import parley.messages.wire.Frame;
import parley.messages.wire.Frame.Farewell;

/** One of us and somebody who has two links to him, in all ways that there are. */
class TwoLinksTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final Duration SOON = Duration.ofMillis(1_500);
    static final Person SMALLER = ordered(true);
    static final Person LARGER = ordered(false);

    final BlockingQueue<Raw> called = new LinkedBlockingQueue<>();

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void ofTwoThatTheyDialledTheNewerServes() throws Exception {
        for (var us : new Person[] {SMALLER, LARGER}) {
            var they = us.equals(SMALLER) ? LARGER : SMALLER;
            var here = new End(kit, us, Limits.handshake(SOON), they.contact(1));
            var older = calls(they, here);
            here.hears(Links.LinkUp.class);
            var newer = calls(they, here);
            assertThat(older.hearsToTheEnd()).containsExactly(new Frame.Bye(Farewell.ANOTHER_LINK_SERVES));
            assertThat(here.hears(Links.LinkDown.class).why()).isEqualTo("another link serves");
            here.hears(Links.LinkUp.class);
            serves(here, they, newer, 1);
        }
    }

    @Test
    void theLargerSendsAwayWhatHeDialledWhenHeIsCalledToo() throws Exception {
        var here = new End(kit, LARGER, Limits.handshake(SOON), SMALLER.contact(1));
        var dialled = isCalled(SMALLER, here);
        here.hears(Links.LinkUp.class);
        var accepted = calls(SMALLER, here);
        assertThat(dialled.hearsToTheEnd()).containsExactly(new Frame.Bye(Farewell.ANOTHER_LINK_SERVES));
        here.hears(Links.LinkDown.class);
        here.hears(Links.LinkUp.class);
        serves(here, SMALLER, accepted, 1);
    }

    @Test
    void theSmallerGoesOnWithWhatHeDialledAndLetsThemSendTheOtherAway() throws Exception {
        var here = new End(kit, SMALLER, Limits.handshake(SOON), LARGER.contact(1));
        var dialled = isCalled(LARGER, here);
        here.hears(Links.LinkUp.class);
        var accepted = calls(LARGER, here);
        serves(here, LARGER, dialled, 1);
        // What still comes over the other one is heard.
        accepted.says(new Frame.Enveloped(End.envelope(2, 10)));
        assertThat(here.hears(Links.Came.class).envelope().id()).isEqualTo(End.id(2));
        accepted.says(new Frame.Bye(Farewell.ANOTHER_LINK_SERVES));
        here.owner.expectNoMessage(SOON.plusMillis(500));
        serves(here, LARGER, dialled, 3);
    }

    @Test
    void theSmallerGivesUpWhatTheyKnowNothingOf() throws Exception {
        var here = new End(kit, SMALLER, Limits.handshake(SOON), LARGER.contact(1));
        var dialled = isCalled(LARGER, here);
        here.hears(Links.LinkUp.class);
        // They have lost it, without a word reaching us, and call.
        var accepted = calls(LARGER, here);
        assertThat(dialled.hearsToTheEnd()).containsExactly(new Frame.Bye(Farewell.ANOTHER_LINK_SERVES));
        here.hears(Links.LinkDown.class);
        here.hears(Links.LinkUp.class);
        serves(here, LARGER, accepted, 1);
    }

    /** Its sender does not know yet that another serves, on which what went over the first has to go again before it. */
    @Test
    void whatIsMeantForALinkGoesOverNoOther() throws Exception {
        var here = new End(kit, SMALLER, Limits.handshake(SOON), LARGER.contact(1));
        calls(LARGER, here);
        int older = here.hears(Links.LinkUp.class).link();
        var newer = calls(LARGER, here);
        here.hears(Links.LinkDown.class);
        here.hears(Links.LinkUp.class);
        here.links.tell(new Links.Send(LARGER.name(), older, End.envelope(1, 10)));
        serves(here, LARGER, newer, 2);
    }

    private static void serves(End here, Person they, Raw link, int number) throws Exception {
        here.sends(they.name(), End.envelope(number, 10));
        assertThat(link.hears()).contains(new Frame.Enveloped(End.envelope(number, 10)));
    }

    private static Raw calls(Person they, End here) throws Exception {
        var raw = Raw.calling(kit, they.tls(), here).says(they.own(1).hello(here.who.name()));
        assertThat(raw.hears()).contains(here.who.own(1).hello(they.name()));
        return raw;
    }

    private Raw isCalled(Person they, End here) throws Exception {
        int port = Tcp.get(kit.system())
                .bind("127.0.0.1", 0)
                .to(Sink.foreach(connection -> {
                    Flow<ByteString, ByteString, ?> channel = Channel.server(
                                    they.tls(), new Expected.Anybody(), Channel.LINK)
                            .join(connection.flow());
                    called.add(Raw.over(kit, channel));
                }))
                .run(kit.system())
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS)
                .localAddress()
                .getPort();
        here.links.tell(new Links.Dial(they.name(), PeerAddress.parse("127.0.0.1:" + port)));
        var raw = called.poll(5, TimeUnit.SECONDS);
        assertThat(raw).isNotNull();
        assertThat(raw.hears()).contains(here.who.own(1).hello(they.name()));
        return raw.says(they.own(1).hello(here.who.name()));
    }

    private static Person ordered(boolean smaller) {
        var one = Person.of("one", 11);
        var other = Person.of("other", 12);
        int order = Arrays.compareUnsigned(
                one.identity().bytes().toArrayUnsafe(), other.identity().bytes().toArrayUnsafe());
        return (order < 0) == smaller ? one : other;
    }
}
