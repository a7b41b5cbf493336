package parley.peer.link.mutual;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;
import parley.messages.wire.Frame;

class GreetingTest {
    private static final Person ALICE = Person.of("alice", 1);
    private static final Person BOB = Person.of("bob", 2);
    private static final Person EVE = Person.of("eve", 3);

    private final Frame.Hello hello = BOB.own(7).hello(ALICE.name());

    @Test
    void whoShowsTheKeyOfHisChainIsWelcome() {
        assertThat(of(hello)).isEqualTo(new Greeting.Welcome());
        assertThat(of(BOB.own(6).hello(ALICE.name()))).isEqualTo(new Greeting.Welcome());
    }

    @Test
    void whoShowsAnotherKeyIsAStranger() {
        assertThat(Greeting.of(ALICE.own(3), BOB.contact(7), hello, EVE.tls().key()))
                .isInstanceOf(Greeting.Stranger.class);
    }

    @Test
    void whoeverIsMeantOrMeansAnotherIsAStranger() {
        assertThat(of(BOB.own(7).hello(EVE.name()))).isInstanceOf(Greeting.Stranger.class);
        assertThat(of(EVE.own(7).hello(ALICE.name()))).isInstanceOf(Greeting.Stranger.class);
        assertThat(of(new Frame.Hello(
                        new RegistryId(ByteString.fromArray(new byte[16])),
                        new UserName("bob"),
                        ALICE.name(),
                        7,
                        hello.head())))
                .isInstanceOf(Greeting.Stranger.class);
    }

    @Test
    void ourOwnGreetingSentBackIsAStrangers() {
        assertThat(of(ALICE.own(3).hello(BOB.name()))).isInstanceOf(Greeting.Stranger.class);
    }

    @Test
    void aLongerChainIsLookedAtBeforeTheKeyIs() {
        var longer = BOB.own(9).hello(ALICE.name());
        assertThat(Greeting.of(ALICE.own(3), BOB.contact(7), longer, EVE.tls().key()))
                .isEqualTo(new Greeting.Behind(9));
    }

    @Test
    void aChainOfTheSameLengthAndAnotherHeadIsAnotherChain() {
        var forked = new Frame.Hello(Person.REGISTRY, BOB.name(), ALICE.name(), 7, Person.head("bob", 8));
        assertThat(of(forked)).isEqualTo(new Greeting.Differs());
        // But only he himself can say so.
        assertThat(Greeting.of(ALICE.own(3), BOB.contact(7), forked, EVE.tls().key()))
                .isInstanceOf(Greeting.Stranger.class);
    }

    private static Greeting of(Frame.Hello hello) {
        return Greeting.of(ALICE.own(3), BOB.contact(7), hello, BOB.tls().key());
    }
}
