package parley.peer.link.mutual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.channel.Channel;
import parley.channel.Expected;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;
import parley.messages.wire.Frame;
import parley.messages.wire.Frame.Farewell;
import parley.messages.wire.FrameCodec;

/** Alice is a contact of Bob's, with the right key, and does what no contact should. */
class EvilPeerTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final Person ALICE = Person.of("alice", 1);
    static final Person BOB = Person.of("bob", 2);
    static final Person EVE = Person.of("eve", 3);
    static final Frame.Hello HELLO = ALICE.own(1).hello(BOB.name());

    final End bob = new End(kit, BOB, Limits.SHIPPED, ALICE.contact(1));

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000", // no kind
                "00010555", // 66,901
                "80000000", // 2 GiB
                "ffffffff", // 4 GiB
                "0000000100", // kind 0
                "0000000108", // one that nobody has defined
                "0000000110", // one of files
                "00000001ff",
                "000000020202", // an envelope of version 2
                "0000000202010000", // of which little is left
                "0000000103", // an ACK without a count
                "000000020300", // of none
                "000000030301aa", // of less than one id
                "0000000204aa", // a refusal without its id
                "000000120400112233445566778899aabbccddeeff00", // for no reason
                "000000120400112233445566778899aabbccddeeff09",
                "0000000105", // a ping without its number
                "00000009058000000000000000", // beyond 63 bits
                "0000000a05000000000000000000", // with luggage
                "00000009060000000000000001", // a pong that nobody asked for
                "0000000107",
                "000000020700",
                "000000020706",
                "474554202f20485454502f312e310d0a" // somebody else's protocol
            })
    void whatIsNoFrameEndsTheLinkAndNothingElse(String hex) throws Exception {
        var evil = linked();
        evil.says(ByteString.fromArray(HexFormat.of().parseHex(hex)));
        assertThat(evil.hearsToTheEnd()).containsExactly(new Frame.Bye(Farewell.MALFORMED));
        assertThat(bob.hears(Links.LinkDown.class).why()).startsWith("sent ");
        linked().hangsUp();
    }

    @Test
    void anEnvelopeLongerThanAnyIsNoFrame() throws Exception {
        var evil = linked();
        var envelope = ByteString.fromInts(2, 1).concat(ByteString.fromArray(new byte[16 + 66_815]));
        evil.says(ByteString.fromInts(0, 1, (envelope.size() >> 8) & 0xff, envelope.size() & 0xff)
                .concat(envelope));
        assertThat(evil.hearsToTheEnd()).containsExactly(new Frame.Bye(Farewell.MALFORMED));
    }

    @Test
    void nothingIsHeardBeforeAHello() throws Exception {
        for (var early : List.of(
                new Frame.Enveloped(End.envelope(1, 10)),
                new Frame.Ack(List.of(End.id(1))),
                new Frame.Refused(End.id(1), parley.messages.wire.Reason.FORGED),
                new Frame.Ping(1),
                new Frame.Pong(1))) {
            var evil = Raw.calling(kit, ALICE.tls(), bob).says(early);
            assertThat(evil.hearsToTheEnd()).as(early.toString()).containsExactly(new Frame.Bye(Farewell.MALFORMED));
        }
        linked().hangsUp();
    }

    @Test
    void aSecondHelloIsNone() throws Exception {
        var evil = linked();
        evil.says(HELLO);
        assertThat(evil.hearsToTheEnd()).containsExactly(new Frame.Bye(Farewell.MALFORMED));
        assertThat(bob.hears(Links.LinkDown.class).why()).isEqualTo("sent HELLO while it was linked");
    }

    @Test
    void aHelloForOrFromSomebodyElseIsAStrangers() throws Exception {
        var here = Person.REGISTRY;
        var elsewhere = new RegistryId(ByteString.fromArray(new byte[16]));
        var alice = ALICE.name();
        for (var hello : List.of(
                new Frame.Hello(here, alice, EVE.name(), 1, HELLO.head()),
                new Frame.Hello(here, BOB.name(), alice, 1, HELLO.head()),
                new Frame.Hello(here, BOB.name(), BOB.name(), 1, HELLO.head()),
                new Frame.Hello(here, new UserName("nobody"), BOB.name(), 1, HELLO.head()),
                new Frame.Hello(elsewhere, alice, BOB.name(), 1, HELLO.head()))) {
            var evil = Raw.calling(kit, ALICE.tls(), bob).says(hello);
            assertThat(evil.hearsToTheEnd()).containsExactly(new Frame.Bye(Farewell.NOT_A_CONTACT));
        }
        linked().hangsUp();
    }

    @Test
    void ourOwnFramesSentBackAreNobodys() throws Exception {
        // Bob calls; what he says comes back to him, from somebody with Alice's key.
        int mirror = server(ALICE, Flow.of(ByteString.class));
        bob.links.tell(new Links.Dial(ALICE.name(), parley.messages.name.PeerAddress.parse("127.0.0.1:" + mirror)));
        assertThat(bob.hears(Links.NotReached.class).why()).contains("another account");
    }

    @Test
    void manInTheMiddleWithACertificateOfHisOwnHearsNothing() throws Exception {
        var alice = new End(kit, ALICE, Limits.SHIPPED, BOB.contact(1));
        var heard = kit.<ByteString>createTestProbe();
        var onwards = Channel.client(EVE.tls(), new Expected.Anybody(), Channel.LINK)
                .join(Tcp.get(kit.system()).outgoingConnection("127.0.0.1", bob.at.port()));
        int middle = server(
                EVE,
                Flow.of(ByteString.class)
                        .map(bytes -> {
                            heard.ref().tell(bytes);
                            return bytes;
                        })
                        .via(onwards));
        alice.links.tell(new Links.Dial(BOB.name(), parley.messages.name.PeerAddress.parse("127.0.0.1:" + middle)));
        assertThat(alice.hears(Links.NotReached.class).why()).contains("has the key", "expected");
        heard.expectNoMessage();
        bob.owner.expectNoMessage();
    }

    @Test
    void whoGreetsLetterByLetterIsLeft() throws Exception {
        var impatient = new End(kit, BOB, Limits.handshake(java.time.Duration.ofMillis(600)), ALICE.contact(1));
        var evil = Raw.calling(kit, ALICE.tls(), impatient);
        long began = System.nanoTime();
        for (var b : FrameCodec.encode(HELLO).toArrayUnsafe()) {
            evil.says(ByteString.fromArray(new byte[] {b}));
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(evil.hearsToTheEnd()).isEmpty();
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isLessThan(5_000);
        impatient.owner.expectNoMessage();
    }

    @Test
    void whoPingsWithoutEndAndReadsNothingIsLeft() throws Exception {
        var evil = linked();
        var pings = ByteString.emptyByteString();
        for (int i = 0; i < 1_000; i++) pings = pings.concat(FrameCodec.encode(new Frame.Ping(i)));
        evil.says(pings);
        assertThat(bob.hears(Links.LinkDown.class).why()).isEqualTo("pings and does not read what we answer");
        linked().hangsUp();
    }

    @Test
    void whoPingsAndReadsIsAnswered() throws Exception {
        var busy = linked();
        for (int i = 0; i < 1_000; i++) {
            busy.says(new Frame.Ping(i));
            assertThat(busy.hears()).contains(new Frame.Pong(i));
        }
    }

    @Test
    void tenThousandBadFramesEndTenThousandLinksAndNoOther() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        TestProbe<Links.Change> owner = kit.createTestProbe();
        for (int i = 0; i < 10_000; i++) {
            var bad = new byte[4 + random.nextInt(40)];
            random.nextBytes(bad);
            // A length that no frame has, or a kind that there is none of.
            if (random.nextBoolean()) bad[0] |= 1;
            else System.arraycopy(new byte[] {0, 0, 0, (byte) (bad.length - 4)}, 0, bad, 0, 4);
            if (bad.length > 4 && bad[0] == 0) bad[4] = (byte) (8 + random.nextInt(248));
            var stage = new LinkStage(Limits.SHIPPED, List.of(), event -> {}, owner.ref());
            var said = Source.single(ByteString.fromArray(bad))
                    .concat(Source.maybe())
                    .via(Flow.fromGraph(stage))
                    .toMat(Sink.seq(), Keep.right())
                    .run(kit.system());
            assertThat(said.toCompletableFuture().get(10, TimeUnit.SECONDS))
                    .as("-Dseed=%d, frame %d", seed, i)
                    .containsExactly(FrameCodec.encode(new Frame.Bye(Farewell.MALFORMED)));
        }
        owner.expectNoMessage();
        linked().hangsUp();
    }

    @Test
    void aHundredConnectionsOfThemInARowLeaveNothingBehind() throws Exception {
        for (int i = 0; i < 100; i++) {
            var evil = Raw.calling(kit, ALICE.tls(), bob).says(ByteString.fromInts(0, 0, 0, 1, 99));
            assertThat(evil.hearsToTheEnd()).containsExactly(new Frame.Bye(Farewell.MALFORMED));
        }
        linked().hangsUp();
    }

    /** A link that Bob believes in. */
    private Raw linked() throws Exception {
        var raw = Raw.calling(kit, ALICE.tls(), bob).says(HELLO);
        assertThat(raw.hears()).contains(BOB.own(1).hello(ALICE.name()));
        Links.Change told = bob.owner.receiveMessage(End.PATIENCE);
        while (told instanceof Links.LinkDown) told = bob.owner.receiveMessage(End.PATIENCE);
        assertThat(told)
                .isInstanceOfSatisfying(
                        Links.LinkUp.class, up -> assertThat(up.name()).isEqualTo(ALICE.name()));
        return raw;
    }

    private static int server(Person who, Flow<ByteString, ByteString, ?> behind) throws Exception {
        return Tcp.get(kit.system())
                .bind("127.0.0.1", 0)
                .to(Sink.foreach(connection -> Channel.server(who.tls(), new Expected.Anybody(), Channel.LINK)
                        .join(connection.flow())
                        .join(behind)
                        .run(kit.system())))
                .run(kit.system())
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS)
                .localAddress()
                .getPort();
    }
}
