package parley.peer.lookup.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.channel.Channel;
import parley.channel.Credentials;
import parley.channel.Expected;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.identity.Fingerprint;
import parley.messages.identity.IdentityKey;
import parley.messages.settings.Endpoint;

/** Real TLS on loopback against a registry of a few lines. */
class TlsDialTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final Duration LONG = Duration.ofSeconds(30);
    static final Duration SHORT = Duration.ofMillis(200);
    static final Credentials OURS = credentials(1);
    static final Credentials REGISTRY = credentials(2);
    static final Credentials IMPOSTOR = credentials(3);
    static final ByteString HELLO = ByteString.fromString("* hello parley/1 AAECAwQFBgcICQoLDA0ODw open\n");

    final TestProbe<Directory.Change> owner = kit.createTestProbe();
    final TestProbe<Directory.Answer> asker = kit.createTestProbe();
    final BlockingQueue<IdentityKey> seenByRegistry = new LinkedBlockingQueue<>();

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void aRegistryIsGreetedAskedAndLeft() throws Exception {
        int port = registry(REGISTRY, Channel.TO_REGISTRY);
        var directory = spawn(port, Optional.of(REGISTRY.key()));
        var up = (Directory.Up) owner.receiveMessage(Duration.ofSeconds(5));
        assertThat(up.key()).isEqualTo(REGISTRY.key());
        assertThat(up.here().getAddress().isLoopbackAddress()).isTrue();
        assertThat(seenByRegistry.poll(5, TimeUnit.SECONDS)).isEqualTo(OURS.key());
        IntStream.range(0, 200).forEach(i -> directory.tell(new Directory.Ask(new Request.Collect(i), asker.ref())));
        for (int i = 0; i < 200; i++) asker.expectMessage(new Directory.Answered(new Reply.Done()));
        directory.tell(new Directory.Leave());
        owner.expectTerminated(directory);
    }

    @Test
    void theFirstKeyThatIsSeenIsTold() throws Exception {
        spawn(registry(REGISTRY, Channel.TO_REGISTRY), Optional.empty());
        assertThat(((Directory.Up) owner.receiveMessage(Duration.ofSeconds(5))).key())
                .isEqualTo(REGISTRY.key());
    }

    @Test
    void whoeverShowsAnotherKeyHearsNothingAndIsNotTriedAgainSoon() throws Exception {
        int port = registry(IMPOSTOR, Channel.TO_REGISTRY);
        spawn(port, Optional.of(REGISTRY.key()));
        assertThat(((Directory.Down) owner.receiveMessage(Duration.ofSeconds(5))).why())
                .contains("127.0.0.1:" + port, "wrong key")
                .contains(Fingerprint.of(IMPOSTOR.key()) + ", expected " + Fingerprint.of(REGISTRY.key()));
        owner.expectNoMessage(SHORT);
        assertThat(seenByRegistry).isEmpty();
    }

    @Test
    void whatSpeaksSomethingElseIsNoRegistry() throws Exception {
        spawn(registry(REGISTRY, Channel.LINK), Optional.of(REGISTRY.key()));
        assertThat(((Directory.Down) owner.receiveMessage(Duration.ofSeconds(5))).why())
                .contains("did not shake hands");
    }

    @Test
    void whoAcceptsAndSaysNothingIsGivenUp() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            spawn(silent.getLocalPort(), Optional.empty(), SHORT);
            assertThat(((Directory.Down) owner.receiveMessage(Duration.ofSeconds(5))).why())
                    .endsWith("did not shake hands in time");
        }
    }

    @Test
    void whoLeavesWhileTheRegistryShakesNoHandsHangsUp() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout(5_000);
            var directory = spawn(silent.getLocalPort(), Optional.empty());
            try (var wire = silent.accept()) {
                wire.setSoTimeout(5_000);
                assertThat(wire.getInputStream().read()).isEqualTo(22); // a record of the handshake
                directory.tell(new Directory.Leave());
                owner.expectTerminated(directory);
                assertThat(wire.getInputStream().readAllBytes()).isNotEmpty();
            }
        }
        owner.expectNoMessage(SHORT);
    }

    @Test
    void whereNobodyListensNothingIsReached() throws IOException {
        int port;
        try (var closed = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        spawn(port, Optional.empty());
        assertThat(((Directory.Down) owner.receiveMessage(Duration.ofSeconds(5))).why())
                .isEqualTo("The registry at 127.0.0.1:%d cannot be reached".formatted(port));
    }

    private ActorRef<Directory.Command> spawn(int port, Optional<IdentityKey> pin) {
        return spawn(port, pin, LONG);
    }

    private ActorRef<Directory.Command> spawn(int port, Optional<IdentityKey> pin, Duration handshake) {
        var settings = new DirectorySettings(handshake, LONG, LONG, Duration.ofMillis(50), LONG, LONG);
        return kit.spawn(Directory.create(
                new Endpoint("127.0.0.1", port), pin, OURS, settings, new SplittableRandom(1), owner.ref()));
    }

    /** Answers everything with ok, and closes when it is told goodbye. */
    private int registry(Credentials credentials, String purpose) throws Exception {
        var greeting = Source.single(HELLO);
        return Tcp.get(kit.system())
                .bind("127.0.0.1", 0)
                .to(Sink.foreach(connection -> Channel.server(credentials, new Expected.Anybody(), purpose)
                        .join(connection.flow())
                        .joinMat(
                                Flow.of(ByteString.class)
                                        .mapConcat(bytes ->
                                                bytes.utf8String().lines().toList())
                                        .takeWhile(line -> !line.endsWith(" exit"))
                                        .map(line -> ByteString.fromString(line.split(" ")[0] + " ok\n"))
                                        .prepend(greeting),
                                Keep.left())
                        .run(kit.system())
                        .thenAccept(seenByRegistry::add)))
                .run(kit.system())
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS)
                .localAddress()
                .getPort();
    }

    private static Credentials credentials(int seed) {
        var bytes = new byte[Credentials.SEED_BYTES];
        bytes[0] = (byte) seed;
        return Credentials.of(bytes);
    }
}
