package parley.peer.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.messages.classic.Request;

/** A registry that answers once and goes away again is not healthy: it must not be hammered. Time is ours here. */
class BackoffTest {
    static final Duration MIN = Duration.ofSeconds(1);
    static final Duration MAX = Duration.ofSeconds(8);
    static final Duration NEVER = Duration.ofDays(1);

    final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    final ManualTime time = ManualTime.get(kit.system());
    final TestProbe<Lookup.Change> owner = kit.createTestProbe();
    final TestProbe<Lookup.Answer> asker = kit.createTestProbe();
    ServerSocket registry;
    ActorRef<Lookup.Command> lookup;

    @BeforeEach
    void listen() throws IOException {
        registry = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var at = InetSocketAddress.createUnresolved("127.0.0.1", registry.getLocalPort());
        // Chance is nought, so each delay is halved.
        lookup = kit.spawn(Lookup.create(at, new LookupSettings(NEVER, NEVER, NEVER, MIN, MAX), () -> 0L, owner.ref()));
    }

    @AfterEach
    void close() throws IOException {
        registry.close();
        kit.shutdownTestKit();
    }

    @Test
    void answersThatDoNotLastMakeTheDelayLonger() throws IOException {
        answerAndClose();
        for (var delay : new Duration[] {MIN, MIN.multipliedBy(2), MIN.multipliedBy(4), MAX, MAX}) {
            assertDialledAfter(delay.dividedBy(2));
            answerAndClose();
        }
    }

    @Test
    void aConnectionThatHasLastedMakesItShortAgain() throws IOException {
        answerAndClose();
        assertDialledAfter(MIN.dividedBy(2));
        answerAndClose();
        assertDialledAfter(MIN);
        var wire = answered();
        time.timePasses(MAX);
        hungUp(wire);
        assertDialledAfter(MIN.dividedBy(2));
    }

    private void assertDialledAfter(Duration delay) throws IOException {
        registry.setSoTimeout(30);
        time.timePasses(delay.minusMillis(1));
        assertThatThrownBy(registry::accept).isInstanceOf(SocketTimeoutException.class);
        time.timePasses(Duration.ofMillis(1));
    }

    private void answerAndClose() throws IOException {
        hungUp(answered());
    }

    private Socket answered() throws IOException {
        registry.setSoTimeout(5_000);
        var wire = registry.accept();
        assertThat(wire.getInputStream().readNBytes("members\n".length())).hasSize("members\n".length());
        wire.getOutputStream().write("Error:Not signed in".getBytes(StandardCharsets.UTF_8));
        assertThat(owner.receiveMessage()).isInstanceOf(Lookup.Up.class);
        return wire;
    }

    private void hungUp(Socket wire) throws IOException {
        wire.close();
        assertThat(owner.receiveMessage()).isInstanceOf(Lookup.Down.class);
        // Whoever is answered after that knows that the lookup waits by now.
        lookup.tell(new Lookup.Ask(new Request.ListGroups(), asker.ref()));
        assertThat(asker.receiveMessage()).isInstanceOf(Lookup.Unreachable.class);
    }
}
