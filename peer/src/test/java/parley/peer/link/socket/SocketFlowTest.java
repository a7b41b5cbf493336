package parley.peer.link.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Our sockets against the JDK's blocking ones. */
class SocketFlowTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final ByteString HELLO = ByteString.fromString("hello");

    ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setSoTimeout(10_000);
    }

    @AfterEach
    void stopListening() throws IOException {
        server.close();
    }

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void ourEndIsAnEndOfStreamAndTheirsMayStillCome() throws Exception {
        var heard = dial(Source.single(HELLO));
        try (var them = accept()) {
            assertThat(them.getInputStream().readAllBytes()).isEqualTo(HELLO.toArray());
            assertThat(heard.toCompletableFuture()).isNotDone();
            them.getOutputStream().write("and you".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(get(heard).utf8String()).isEqualTo("and you");
    }

    @Test
    void theirEndIsOursToAnswer() throws Exception {
        var ours = new CompletableFuture<ByteString>();
        var heard = dial(Source.completionStage(ours));
        try (var them = accept()) {
            them.getOutputStream().write('x');
            them.shutdownOutput();
            assertThat(get(heard).utf8String()).isEqualTo("x");
            ours.complete(HELLO);
            assertThat(them.getInputStream().readAllBytes()).isEqualTo(HELLO.toArray());
        }
    }

    @Test
    void ourFailureIsAResetToThem() throws Exception {
        var failure = new CompletableFuture<ByteString>();
        var heard = dial(Source.completionStage(failure));
        try (var them = accept()) {
            failure.completeExceptionally(new IllegalStateException("the disk is full"));
            assertThatThrownBy(() -> them.getInputStream().read()).isInstanceOf(SocketException.class);
        }
        assertThat(heard).failsWithin(Duration.ofSeconds(5));
    }

    @Test
    void theirResetIsAFailureToUs() throws Exception {
        var heard = dial(Source.maybe());
        try (var them = accept()) {
            them.setSoLinger(true, 0);
        }
        assertThat(heard).failsWithin(Duration.ofSeconds(5)).withThrowableThat().withCauseInstanceOf(IOException.class);
    }

    /** The one who answers asks for more before it answers, as links do, and is reset in between. */
    @Test
    void aResetThatTheAnswerMeetsIsAFailureToo() throws Exception {
        var hasHeard = new CountDownLatch(1);
        var wasReset = new CountDownLatch(1);
        var told = Sockets.dial(address(), Duration.ofSeconds(5))
                .joinMat(new AnsweringAfter(hasHeard, wasReset), Keep.right())
                .withAttributes(Sockets.ON_LOOP)
                .run(kit.system());
        try (var them = accept()) {
            them.getOutputStream().write('x');
            assertThat(hasHeard.await(5, TimeUnit.SECONDS)).isTrue();
            them.setSoLinger(true, 0);
        }
        wasReset.countDown();
        assertThat(told).succeedsWithin(Duration.ofSeconds(5)).isInstanceOf(IOException.class);
    }

    @Test
    void whoReadsNothingHoldsUsBackAndGetsAllInTheEnd() throws Exception {
        int mebibytes = 64;
        var taken = new AtomicInteger();
        var mebibyte = ByteString.fromArray(new byte[1 << 20]);
        var heard = dial(Source.repeat(mebibyte).take(mebibytes).map(each -> {
            taken.incrementAndGet();
            return each;
        }));
        try (var them = accept()) {
            assertThat(them.getInputStream().readNBytes(1 << 10)).hasSize(1 << 10);
            assertThat(taken.get())
                    .as("what the system's buffers take and a little")
                    .isLessThan(mebibytes / 2);
            assertThat(them.getInputStream().readAllBytes()).hasSize((mebibytes << 20) - (1 << 10));
        }
        assertThat(get(heard)).isEqualTo(ByteString.emptyByteString());
    }

    @Test
    void whoIsNotThereRefuses() throws Exception {
        server.close();
        assertThat(dial(Source.maybe()))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(ConnectException.class)
                .withMessageContaining("Connection refused");
    }

    @RepeatedTest(20)
    void aPortIsFreeAgainAfterUnbindingAndOpenConnectionsGoOn() throws Exception {
        var binding = echo(0);
        try (var before =
                new Socket(binding.local().getAddress(), binding.local().getPort())) {
            say(before, "one");
            get(binding.unbind());
            assertThatThrownBy(() -> new Socket(
                            binding.local().getAddress(), binding.local().getPort()))
                    .isInstanceOf(ConnectException.class);
            say(before, "two");
        }
        var again = echo(binding.local().getPort());
        assertThat(again.local()).isEqualTo(binding.local());
        get(again.unbind());
    }

    @Test
    void aTakenPortIsSaid() {
        var taken = Sockets.accept(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()))
                .to(Sink.ignore())
                .withAttributes(Sockets.ON_LOOP)
                .run(kit.system());
        assertThat(taken)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining("cannot listen on")
                .withMessageContaining(":" + server.getLocalPort());
    }

    @Test
    void aThousandConnectionsAreServedAtOnce() throws Exception {
        var binding = echo(0);
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < 1000; i++) {
            sockets.add(new Socket(binding.local().getAddress(), binding.local().getPort()));
        }
        for (int i = 0; i < 1000; i++) say(sockets.get(i), "connection " + i);
        for (var each : sockets) each.close();
        get(binding.unbind());
    }

    @Test
    void aSocketRunsOnItsLoopOnly() {
        var elsewhere = Source.<ByteString>maybe()
                .via(Sockets.dial(address(), Duration.ofSeconds(5)))
                .runWith(Sink.ignore(), kit.system());
        assertThat(elsewhere)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withMessageContaining("parley.peer.link.dispatcher");
    }

    private CompletionStage<ByteString> dial(Source<ByteString, ?> ours) {
        return ours.via(Sockets.dial(address(), Duration.ofSeconds(5)))
                .toMat(Sink.fold(ByteString.emptyByteString(), ByteString::concat), Keep.right())
                .withAttributes(Sockets.ON_LOOP)
                .run(kit.system());
    }

    private static Sockets.Binding echo(int port) throws Exception {
        return get(Sockets.accept(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .to(Sink.foreach(incoming -> incoming.flow()
                        .join(Flow.of(ByteString.class))
                        .withAttributes(Sockets.ON_LOOP)
                        .run(kit.system())))
                .withAttributes(Sockets.ON_LOOP)
                .run(kit.system()));
    }

    private static void say(Socket socket, String words) throws IOException {
        var bytes = words.getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(bytes);
        socket.setSoTimeout(10_000);
        assertThat(socket.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
    }

    private InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    private Socket accept() throws IOException {
        var them = server.accept();
        them.setSoTimeout(10_000);
        return them;
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
