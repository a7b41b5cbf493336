package parley.peer.link.mutual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import parley.peer.link.socket.Sockets;

/** Connections that do not begin as TLS does. */
@Timeout(120)
class OtherConnectionsTest {
    private static final ActorTestKit kit = ActorTestKit.create();
    private static final int MAX = Limits.SHIPPED.halfOpenNearMax();

    private final List<Socket> callers = new ArrayList<>();

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void whoIsNotAnsweredStaysHalfOpen() throws Exception {
        int port = doorThatSays(Source.<ByteString>maybe().mapMaterializedValue(never -> NotUsed.getInstance()));
        for (int i = 0; i < MAX; i++) call(port);
        assertThat(isSentAway(port)).isTrue();
        for (var caller : callers) caller.close();
    }

    @Test
    void whoIsAnsweredIsNot() throws Exception {
        int port = doorThatSays(Source.single(ByteString.fromString("x")).concat(Source.maybe()));
        for (int i = 0; i < MAX + 10; i++) {
            var caller = call(port);
            assertThat(caller.getInputStream().read()).isEqualTo('x');
        }
        for (var caller : callers) caller.close();
    }

    private static int doorThatSays(Source<ByteString, NotUsed> answer) throws Exception {
        var ignored = kit.createTestProbe(Links.Change.class);
        Flow<ByteString, ByteString, NotUsed> taker = Flow.fromSinkAndSource(Sink.ignore(), answer);
        var materializer = Materializer.createMaterializer(kit.system());
        var doorway = new Doorway(
                materializer,
                Limits.SHIPPED,
                new HalfOpen(Limits.SHIPPED),
                ignored.ref(),
                Optional.of(connection -> connection
                        .flow()
                        .join(taker)
                        .withAttributes(Sockets.ON_LOOP)
                        .run(materializer)));
        var at = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return doorway.bind(at, tls -> {}).toCompletableFuture().get().local().getPort();
    }

    private Socket call(int port) throws IOException {
        var caller = new Socket(InetAddress.getLoopbackAddress(), port);
        callers.add(caller);
        caller.getOutputStream().write('p');
        return caller;
    }

    private static boolean isSentAway(int port) {
        try (var caller = new Socket(InetAddress.getLoopbackAddress(), port)) {
            caller.setSoTimeout(2_000);
            return caller.getInputStream().read() == -1;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}
