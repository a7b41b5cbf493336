package parley.registry.gate.modern;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.testkit.TestPublisher;
import org.apache.pekko.stream.testkit.TestSubscriber;
import org.apache.pekko.stream.testkit.javadsl.TestSink;
import org.apache.pekko.stream.testkit.javadsl.TestSource;
import org.apache.pekko.util.ByteString;
import parley.channel.Channel;
import parley.messages.directory.Push;
import parley.messages.directory.SignUp;
import parley.messages.identity.IdentityKey;
import parley.messages.name.UserName;
import parley.registry.Person;
import parley.registry.gate.Door;
import parley.registry.gate.relay.RelayGate;
import parley.registry.relay.RelayLimits;
import parley.registry.user.ConnectionNotice;
import parley.registry.user.ModernUser;

/** A connection with a peer's hands on both ends, and a test at the desk. */
final class PeerProbe {
    static final ModernLimits LIMITS = limits(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));
    static final String HELLO = "* hello parley/1 AAAAAAAAAAAAAAAAAAAAAA open\n";
    static final UserName ALICE = new UserName("alice");

    private static final Push.Hello GREETING = new Push.Hello(Person.REGISTRY, SignUp.OPEN);

    private static final RelayGate NO_RELAY = new RelayGate(
            (name, shown) -> CompletableFuture.failedStage(new AssertionError("a relay was asked for")),
            new RelayLimits(false, Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1, 1, 1),
            Duration.ofSeconds(1));

    private final TestPublisher.Probe<ByteString> speaks;
    private final TestSubscriber.Probe<ByteString> hears;
    private final CompletableFuture<Channel.Met> shown;

    final OpenModernDesk desk = new OpenModernDesk();
    final Door door = new Door(16, 256, 1_000);
    final IdentityKey key = new Person("alice", 1).tls();

    PeerProbe(ActorSystem<?> system, ModernLimits limits) {
        var visit = door.admit(InetAddress.getLoopbackAddress()).orElseThrow();
        var ends = TestSource.<ByteString>create(system)
                .viaMat(Flow.fromGraph(new ConnectionStage(desk, limits, GREETING, visit, NO_RELAY)), Ends::new)
                .toMat(TestSink.create(system), Ends::with)
                .run(system);
        speaks = ends.speaks;
        hears = ends.hears();
        shown = ends.shown;
        hears.ensureSubscription();
    }

    private record Ends(
            TestPublisher.Probe<ByteString> speaks,
            CompletableFuture<Channel.Met> shown,
            TestSubscriber.@org.jspecify.annotations.Nullable Probe<ByteString> heard) {
        Ends(TestPublisher.Probe<ByteString> speaks, CompletableFuture<Channel.Met> shown) {
            this(speaks, shown, null);
        }

        Ends with(TestSubscriber.Probe<ByteString> probe) {
            return new Ends(speaks, shown, probe);
        }

        TestSubscriber.Probe<ByteString> hears() {
            return java.util.Objects.requireNonNull(heard);
        }
    }

    static ModernLimits limits(Duration handshake, Duration firstRequest, Duration answer) {
        return new ModernLimits(handshake, firstRequest, answer, 16, 256, 1_000, 20, 256);
    }

    PeerProbe shakesHands() {
        shown.complete(new Channel.Met(key, Channel.TO_REGISTRY));
        return this;
    }

    /** Shakes hands and is greeted. */
    PeerProbe arrives() {
        return shakesHands().reads(1).hears(HELLO);
    }

    PeerProbe signsIn() throws InterruptedException {
        arrives().says("s signin alice -\n");
        var attempt = desk.sees(OpenModernDesk.SigningIn.class);
        attempt.replyTo().tell(new ModernUser.SignedIn(4, ByteString.fromArray(new byte[32]), 100, 0));
        reads(1).hears("s ok 4 %s 100 0\n".formatted("A".repeat(43)));
        this.connection = attempt.connection();
        return this;
    }

    private org.apache.pekko.actor.typed.@org.jspecify.annotations.Nullable ActorRef<ConnectionNotice> connection;

    void isTold(ConnectionNotice notice) {
        java.util.Objects.requireNonNull(connection).tell(notice);
    }

    PeerProbe says(String lines) {
        speaks.sendNext(ByteString.fromString(lines));
        return this;
    }

    PeerProbe reads(int pieces) {
        hears.request(pieces);
        return this;
    }

    PeerProbe hears(String lines) {
        hears.expectNext(ByteString.fromString(lines));
        return this;
    }

    PeerProbe hearsNothing() {
        hears.expectNoMessage(Duration.ofMillis(100));
        return this;
    }

    PeerProbe hearsTheEnd() {
        hears.expectComplete();
        return this;
    }

    void closes() {
        speaks.sendComplete();
    }

    void isCut() {
        speaks.expectCancellation();
    }
}
