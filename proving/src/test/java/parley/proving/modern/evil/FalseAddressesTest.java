package parley.proving.modern.evil;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.channel.Channel;
import parley.channel.Credentials;
import parley.channel.Expected;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.peer.talk.Mail;

/** The registry says that somebody is where he isn't. */
class FalseAddressesTest {
    @TempDir
    Path folder;

    @Test
    void textsComeByTheMailboxAndAStrangerSeesNothingButTheStartOfTls() throws Exception {
        var play = new Play(folder);
        var trap = new Trap();
        try {
            play.registry.lie(at("127.0.0.1:" + trap.port()));
            var alice = play.newcomer("alice");
            var bob = play.newcomer("bob");
            Play.acquaint(alice, bob);
            alice.awaitMoved(alice.send(bob, "canary of the trap"), Mail.Stage.DELIVERED);
            assertThat(trap.heard).isNotEmpty().allSatisfy(said -> {
                // A TLS record with a handshake in it, RFC 8446 §5.1.
                assertThat(said).startsWith("\u0016\u0003\u0001");
                assertThat(said).doesNotContain("canary", "alice", "bob", "hello");
            });
            for (var nowhere : List.of(
                    "0.0.0.0:80",
                    "224.0.0.1:80",
                    "255.255.255.255:80",
                    "169.254.169.254:80",
                    "[fe80::1]:80",
                    "[::]:80",
                    "127.0.0.1:1")) {
                play.registry.lie(at(nowhere));
                play.registry.hangUp();
                alice.awaitMoved(alice.send(bob, "to " + nowhere), Mail.Stage.DELIVERED);
            }
            assertThat(bob.texts(alice)).hasSize(2 + 7).doesNotHaveDuplicates();
        } finally {
            trap.close();
            play.close();
        }
    }

    /** Whoever calls speaks first, and says both names: only to whom the chain names. */
    @Test
    void whoAnswersUnderAnotherKeyHearsNotEvenAName() throws Exception {
        var play = new Play(folder);
        var middle = new Middle();
        try {
            play.registry.lie(at("127.0.0.1:" + middle.port()));
            var alice = play.newcomer("alice");
            var bob = play.newcomer("bob");
            Play.acquaint(alice, bob);
            alice.awaitMoved(alice.send(bob, "not for eve"), Mail.Stage.DELIVERED);
            bob.awaitTexts(alice, "hello", "not for eve");
            assertThat(middle.called.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(middle.heard).isEmpty();
        } finally {
            play.close();
            middle.close();
        }
    }

    private static Lies at(String address) {
        var where = Optional.of(PeerAddress.parse(address));
        return new Lies() {
            @Override
            public Optional<PeerAddress> address(UserName of, UserName asker, Optional<PeerAddress> truth) {
                return where;
            }
        };
    }

    /** Speaks the right protocol, with a certificate of its own, and keeps what it hears. */
    private static final class Middle {
        final CompletableFuture<Boolean> called = new CompletableFuture<>();
        final List<ByteString> heard = new CopyOnWriteArrayList<>();
        private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "middle");
        private final Tcp.ServerBinding binding;

        Middle() throws Exception {
            var credentials = Credentials.of(new byte[Credentials.SEED_BYTES]);
            binding = Tcp.get(system)
                    .bind("127.0.0.1", 0)
                    .to(Sink.foreach(call -> {
                        called.complete(true);
                        var listening = Flow.fromSinkAndSource(
                                Sink.<ByteString>foreach(heard::add), Source.<ByteString>maybe());
                        Channel.server(credentials, new Expected.Anybody(), Channel.LINK)
                                .join(call.flow())
                                .join(listening)
                                .run(system);
                    }))
                    .run(system)
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        }

        int port() {
            return binding.localAddress().getPort();
        }

        void close() throws Exception {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    /** Some service that talks another protocol, and first. */
    private static final class Trap {
        final List<String> heard = new CopyOnWriteArrayList<>();
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

        Trap() throws IOException {
            Thread.ofVirtual().start(this::listen);
        }

        int port() {
            return server.getLocalPort();
        }

        void close() throws IOException {
            server.close();
        }

        private void listen() {
            try {
                while (true) {
                    try (var socket = server.accept()) {
                        socket.setSoTimeout(2_000);
                        socket.getOutputStream().write("220 mail.example ESMTP\r\n".getBytes(ISO_8859_1));
                        var bytes = new byte[4_096];
                        int count = socket.getInputStream().read(bytes);
                        if (count > 0) heard.add(new String(bytes, 0, count, ISO_8859_1));
                    } catch (java.net.SocketException | java.net.SocketTimeoutException gone) {
                        if (server.isClosed()) return;
                    }
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }
    }
}
