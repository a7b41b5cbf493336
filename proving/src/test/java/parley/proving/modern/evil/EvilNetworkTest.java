package parley.proving.modern.evil;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.peer.talk.Mail;

/** Between all of them is a network that flips, drops, doubles, cuts and delays. */
class EvilNetworkTest {
    /** More with {@code -Dparley.network.texts=1000}. */
    private static final int TEXTS = Integer.getInteger("parley.network.texts", 40);

    private static final Map<String, String> IMPATIENT = Map.of(
            "parley.peer.modern.registry.answer-timeout", "1 s",
            "parley.peer.modern.registry.handshake-timeout", "1 s",
            "parley.peer.modern.registry.probe-interval", "500 ms",
            "parley.peer.modern.link.handshake-timeout", "1 s",
            "parley.peer.modern.link.ping-after", "500 ms",
            "parley.peer.modern.link.silence-timeout", "1 s",
            "parley.peer.modern.link.redial-min", "100 ms",
            "parley.peer.modern.link.redial-max", "500 ms",
            "parley.peer.modern.delivery.retry-max", "1 s");

    @TempDir
    Path folder;

    @Test
    void everyTextArrivesOnceAndWhatIsOutOfOrderIsSaidToBe() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        var play = new Play(folder);
        var ways = new ConcurrentHashMap<Integer, EvilNetwork>();
        try {
            var address = play.registry.address();
            int port = Integer.parseInt(address.substring(address.indexOf(':') + 1, address.indexOf('#')));
            var way = new EvilNetwork(port, seed);
            ways.put(port, way);
            var at = "127.0.0.1:%d%s".formatted(way.port(), address.substring(address.indexOf('#')));
            play.registry.lie(new Lies() {
                @Override
                public Optional<PeerAddress> address(UserName of, UserName asker, Optional<PeerAddress> truth) {
                    return truth.map(there -> new PeerAddress(
                            InetAddress.getLoopbackAddress(),
                            ways.computeIfAbsent(there.port(), target -> network(target, seed))
                                    .port()));
                }
            });
            // Signing up is no conversation: who fails at it tries again.
            var alice = joining(play, "alice", address, at);
            var bob = joining(play, "bob", address, at);
            Play.acquaint(alice, bob);
            var sentByAlice = new ArrayList<>(List.of("hello"));
            var sentByBob = new ArrayList<>(List.of("hello yourself"));
            String last = "";
            for (int i = 0; i < TEXTS; i++) {
                sentByAlice.add("text " + i);
                alice.awaitMoved(alice.send(bob, "text " + i), Mail.Stage.SENT);
                sentByBob.add("text " + i);
                last = bob.send(alice, "text " + i);
            }
            ways.values().forEach(EvilNetwork::becomeGood);
            bob.heard().awaitTexts(alice.name(), sentByAlice.size());
            alice.heard().awaitTexts(bob.name(), sentByBob.size());
            bob.awaitMoved(last, Mail.Stage.DELIVERED);
            int wrongs = ways.values().stream().mapToInt(EvilNetwork::wrongs).sum();
            System.out.printf("%d wrongs to %d texts each way, -Dseed=%d%n", wrongs, TEXTS, seed);
            assertThat(wrongs).as("-Dseed=%d", seed).isPositive();
            arrived(bob, alice, sentByAlice, seed);
            arrived(alice, bob, sentByBob, seed);
        } finally {
            play.close();
            for (var network : ways.values()) network.close();
        }
    }

    private static void arrived(Person at, Person from, List<String> sent, long seed) {
        assertThat(at.texts(from)).as("-Dseed=%d", seed).containsExactlyInAnyOrderElementsOf(sent);
        if (!at.texts(from).equals(sent))
            assertThat(at.heard().all()).as("-Dseed=%d", seed).anyMatch(Mail.Missing.class::isInstance);
    }

    private static Person joining(Play play, String name, String good, String evil) throws Exception {
        var here = play.person(name, good, IMPATIENT).start().signUp();
        here.kill();
        return play.person(name, evil, IMPATIENT).start().signIn();
    }

    private static EvilNetwork network(int target, long seed) {
        try {
            return new EvilNetwork(target, seed + target);
        } catch (java.io.IOException none) {
            throw new java.io.UncheckedIOException(none);
        }
    }
}
