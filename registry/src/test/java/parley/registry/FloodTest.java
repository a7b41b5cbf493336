package parley.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.io.TcpSO;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.stream.testkit.javadsl.TestSink;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.channel.Channel;
import parley.channel.Credentials;
import parley.channel.Expected;
import parley.messages.directory.Limits;
import parley.messages.directory.Push;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.identity.AgreementKey;
import parley.messages.identity.Claim;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;

/** Many who begin and never finish. */
class FloodTest {
    private static final int ADDRESSES = 20;
    private static final int EACH = 250;
    private static final long HALF_OPEN_BYTES_MAX = 48 * 1024;

    /** Long before the others are given up, be the machine as slow as it may. */
    private static final Duration MEANWHILE = Duration.ofSeconds(20);

    private static final int SLOW_READERS = 500;

    /** 256 KiB of answers and the last one, one more on its way into records, and what a socket has not taken. */
    private static final long SLOW_READER_BYTES_MAX = 640 * 1024;

    /** A record of 512 bytes that brings a ClientHello, and of it the beginning. */
    private static final byte[] BEGINNING = {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3};

    @TempDir
    Path data;

    /** From addresses enough that the door lets all of them in; from one it would be 256. */
    @Test
    void fiveThousandHalfOpenHandshakesCostLittleAndAnHonestPeerIsServedMeanwhile() throws Exception {
        var patient = Map.of("parley.registry.modern.handshake", "60s", "parley.registry.modern.connections", "20000");
        List<Socket> halfOpen = new ArrayList<>();
        var peers = ActorSystem.create("honest");
        try (var registry = new Running(data, patient)) {
            honest(registry, peers, 1);
            long before = heap();
            for (int i = 0; i < ADDRESSES * EACH; i++) {
                var socket = new Socket();
                socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.1." + (1 + i % ADDRESSES)), 0));
                socket.connect(new InetSocketAddress(registry.modern.host(), registry.modern.port()));
                socket.getOutputStream().write(BEGINNING);
                halfOpen.add(socket);
            }
            var took = honest(registry, peers, 2);
            assertThat(took).as("an honest sign-in").isLessThan(MEANWHILE);
            assertThat((heap() - before) / halfOpen.size()).as("bytes of each").isLessThan(HALF_OPEN_BYTES_MAX);
            assertThat(halfOpen)
                    .allSatisfy(socket -> assertThat(socket.isClosed()).isFalse());
        } finally {
            for (var socket : halfOpen) socket.close();
            TestKit.shutdownActorSystem(peers);
        }
    }

    /** Each asks for more than the kernel and we hold for it, and then reads nothing. */
    @Test
    void fiveHundredSlowReadersAreHeldToTheirBuffersAndAnHonestPeerIsServedMeanwhile() throws Exception {
        var crowded =
                Map.of("parley.registry.modern.strangers-nearby", "2000", "parley.registry.modern.handshake", "60s");
        var peers = ActorSystem.create("slow");
        try (var registry = new Running(data, crowded)) {
            var name = talkative(registry, peers);
            long before = heap();
            var asks = ByteString.fromString("a chain %s 0\n".formatted(name).repeat(Limits.UNANSWERED_MAX));
            var deaf = Flow.fromSinkAndSourceMat(
                            TestSink.<ByteString>create(peers),
                            Source.single(asks).concat(Source.maybe()),
                            Keep.left())
                    .joinMat(
                            Channel.client(
                                    Credentials.of(new byte[Credentials.SEED_BYTES]),
                                    new Expected.Anybody(),
                                    Channel.TO_REGISTRY),
                            Keep.both())
                    .join(Tcp.get(peers)
                            .outgoingConnection(
                                    new InetSocketAddress(registry.modern.host(), registry.modern.port()),
                                    Optional.empty(),
                                    List.of(TcpSO.receiveBufferSize(4 * 1024)),
                                    true,
                                    Optional.of(Duration.ofSeconds(20)),
                                    Optional.empty()));
            var readers =
                    Stream.generate(() -> deaf.run(peers)).limit(SLOW_READERS).toList();
            for (var reader : readers) assertThat(reader.second()).succeedsWithin(Duration.ofSeconds(60));
            var took = honest(registry, peers, 2);
            assertThat(took).as("an honest sign-in").isLessThan(MEANWHILE);
            assertThat((heap() - before) / SLOW_READERS).as("bytes of each").isBetween(50_000L, SLOW_READER_BYTES_MAX);
            readers.forEach(reader -> reader.first().cancel());
        } finally {
            TestKit.shutdownActorSystem(peers);
        }
    }

    /** Somebody whose chain fills a line. */
    private static UserName talkative(Running registry, ActorSystem peers) throws InterruptedException {
        var person = new Person(registryId(registry, peers, 3), "talkative", 3);
        for (int i = 0; i < 400; i++) {
            var key = new byte[AgreementKey.BYTES];
            new Random(i).nextBytes(key);
            person.says(new Claim.Agreement(new AgreementKey(ByteString.fromArray(key))));
        }
        person.says(person.prekeys());
        try (var socket = new ModernSocket(peers, registry.modern, person.tlsSecret(), new Expected.Anybody())) {
            assertThat(socket.ask(new Request.SignUp(person.name, person.chain.statements(), Optional.empty())))
                    .isEqualTo(new Reply.Done());
        }
        return person.name;
    }

    @Test
    void fromOneAddressSoManyStrangersAreLetInAndNoMore() throws Exception {
        var strict = Map.of("parley.registry.modern.strangers-nearby", "4");
        List<Socket> strangers = new ArrayList<>();
        try (var registry = new Running(data, strict)) {

            for (int i = 0; i < 5; i++) {
                var socket = new Socket(registry.modern.host(), registry.modern.port());
                socket.setSoTimeout(500);
                strangers.add(socket);
                if (i < 4) socket.getOutputStream().write(BEGINNING);
            }
            assertThat(strangers.getLast().getInputStream().read()).isEqualTo(-1);
        } finally {
            for (var socket : strangers) socket.close();
        }
    }

    /** Signs up and in, and says how long the latter took, handshake included. */
    private static Duration honest(Running registry, ActorSystem peers, int seed)
            throws InterruptedException, IOException {
        var id = registryId(registry, peers, seed);
        var person = new Person(id, "honest" + seed, seed);
        try (var socket = new ModernSocket(peers, registry.modern, person.tlsSecret(), new Expected.Anybody())) {
            socket.ask(new Request.SignUp(person.name, person.chain.statements(), Optional.empty()));
        }
        long start = System.nanoTime();
        try (var socket = new ModernSocket(peers, registry.modern, person.tlsSecret(), new Expected.Anybody())) {
            assertThat(socket.ask(new Request.SignIn(person.name, Optional.empty())))
                    .isInstanceOf(Reply.SignedIn.class);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static RegistryId registryId(Running registry, ActorSystem peers, int seed) throws InterruptedException {
        var key = new Person("look", seed).tlsSecret();
        try (var look = new ModernSocket(peers, registry.modern, key, new Expected.Anybody())) {
            return ((Push.Hello) look.push()).registry();
        }
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
