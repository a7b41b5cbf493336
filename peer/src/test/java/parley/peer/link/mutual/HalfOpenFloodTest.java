package parley.peer.link.mutual;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Somebody opens connections and says nothing. */
class HalfOpenFloodTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final Person ALICE = Person.of("alice", 1);
    static final Person BOB = Person.of("bob", 2);

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void moreThanMayBeHalfOpenAreSentAwayAndTheOthersAfterAMoment() throws Exception {
        var bob = new End(kit, BOB, Limits.handshake(Duration.ofSeconds(4)), ALICE.contact(1));
        var alice = new End(kit, ALICE, Limits.handshake(Duration.ofSeconds(5)), BOB.contact(1));
        alice.linksWith(bob);
        var flood = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 256; i++) flood.add(new Socket(InetAddress.getLoopbackAddress(), bob.at.port()));
            for (int i = 0; i < 44; i++) assertThat(isSentAway(bob.at.port())).isTrue();
            assertThat(ended(flood, 1)).isZero();
            // Who is linked is not disturbed.
            alice.sends(bob, End.envelope(1, 100));
            bob.hears(Links.Came.class);
            assertThat(ended(flood, 10_000)).isEqualTo(256);
            var carol = new End(kit, Person.of("carol", 3), Limits.SHIPPED, BOB.contact(1));
            bob.links.tell(new Links.Know(carol.who.contact(1)));
            carol.linksWith(bob);
        } finally {
            for (var socket : flood) socket.close();
        }
    }

    /** At once; so soon, at times, that it never was connected. */
    private static boolean isSentAway(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return ended(List.of(socket), 1_000) == 1;
        } catch (IOException reset) {
            return true;
        }
    }

    private static int ended(List<Socket> sockets, int millis) throws IOException {
        int ended = 0;
        long until = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        for (var socket : sockets) {
            socket.setSoTimeout((int)
                    Math.max(1, Duration.ofNanos(until - System.nanoTime()).toMillis()));
            try {
                if (socket.getInputStream().read() == -1) ended++;
            } catch (java.net.SocketTimeoutException open) {
                // Not yet.
            } catch (IOException reset) {
                ended++;
            }
        }
        return ended;
    }
}
