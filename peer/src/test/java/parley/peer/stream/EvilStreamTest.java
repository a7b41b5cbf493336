package parley.peer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.name.PeerAddress;
import parley.messages.wire.MessageId;
import parley.peer.cipher.stream.BoxOpener;
import parley.peer.cipher.stream.BoxSealer;
import parley.peer.stream.Streams.Why;
import parley.peer.transfer.Disk;

/** Somebody on the wire, and a sender who knows the key: each loses his own connection and nothing else. */
@Timeout(120)
class EvilStreamTest {
    private static final int CHUNK = Lane.CHUNK_BYTES;
    private static final long SIZE = 5L * CHUNK;

    @TempDir
    private Path folder;

    private final ActorTestKit kit = ActorTestKit.create(ConfigFactory.load());
    private final MessageId file = MessageId.random(new SecureRandom());
    private Station alice;
    private Station bob;

    @BeforeEach
    void settle() throws Exception {
        alice = new Station("alice", folder, kit);
        bob = new Station("bob", folder, kit);
        bob.receives(alice, file, SIZE);
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void whatIsNoGreetingIsAnsweredNothing() throws Exception {
        var genuine = greeting(true).encode();
        var random = new Random(7);
        for (int i = 0; i < 200; i++) {
            var bytes = genuine.toArray();
            // All but the salt decides whether it is answered.
            bytes[random.nextInt(Greeting.BYTES - 32)] ^= (byte) (1 + random.nextInt(255));
            try (var caller = call()) {
                caller.getOutputStream().write(bytes);
                assertThat(caller.getInputStream().read()).isEqualTo(-1);
            }
        }
        stillReceives();
    }

    @Test
    void theSameRoleIsAnsweredNothing() throws Exception {
        try (var caller = call()) {
            caller.getOutputStream().write(greeting(false).encode().toArray());
            assertThat(caller.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whoSendsOurOwnBytesBackIsBroken() throws Exception {
        try (var caller = call()) {
            greet(caller);
            var want = caller.getInputStream().readNBytes(4 + BoxSealer.sealedBytes(5));
            caller.getOutputStream().write(want);
        }
        assertThat(why()).isEqualTo(Why.BROKEN);
        stillReceives();
    }

    @Test
    void lengthsThatNoBoxHasAreBroken() throws Exception {
        for (int length : new int[] {0, 16, BoxCutter.BOX_BYTES_MAX + 1, Integer.MAX_VALUE, -1, BoxCutter.LAST}) {
            try (var caller = call()) {
                greet(caller);
                caller.getOutputStream()
                        .write(ByteBuffer.allocate(4).putInt(length).array());
                assertThat(why()).as("length %d", length).isEqualTo(Why.BROKEN);
            }
        }
        stillReceives();
    }

    @Test
    void aBoxThatWasAlteredRepeatedOrMarkedLastIsBroken() throws Exception {
        for (int evil = 0; evil < 4; evil++) {
            try (var caller = call()) {
                var sealer = greet(caller);
                var first = sealed(sealer, chunk(0, CHUNK));
                var second = sealed(sealer, chunk(1, CHUNK));
                switch (evil) {
                    case 0 -> {
                        first[100] ^= 1;
                        say(caller, first);
                    }
                    case 1 -> say(caller, first, first);
                    case 2 -> say(caller, second, first);
                    default -> {
                        first[0] ^= (byte) 0x80;
                        say(caller, first);
                    }
                }
                assertThat(why()).as("evil %d", evil).isEqualTo(Why.BROKEN);
            }
        }
        stillReceives();
    }

    @Test
    void aSenderWhoKnowsTheKeyCannotSayWhatMakesNoSense() throws Exception {
        var nonsense = new StreamFrame[] {
            chunk(1, CHUNK),
            chunk(0, CHUNK - 1),
            chunk(0xffff_ffffL, CHUNK),
            new StreamFrame.Close(ByteString.fromArray(new byte[32])),
            new StreamFrame.Want(0),
            new StreamFrame.Have(1),
            new StreamFrame.Got(StreamFrame.Got.Outcome.WHOLE)
        };
        for (var frame : nonsense) {
            try (var caller = call()) {
                say(caller, sealed(greet(caller), frame));
                assertThat(why()).as("%s", frame).isEqualTo(Why.BROKEN);
            }
        }
        stillReceives();
    }

    @Test
    void anotherRootIsNeverWhole() throws Exception {
        try (var caller = call()) {
            var sealer = greet(caller);
            for (int i = 0; i < 5; i++) say(caller, sealed(sealer, chunk(i, CHUNK)));
            say(caller, sealed(sealer, new StreamFrame.Close(ByteString.fromArray(new byte[32]))));
            assertThat(why()).isEqualTo(Why.WRONG);
        }
        assertThat(Files.size(bob.partial(alice, file))).isZero();
        stillReceives();
    }

    @Test
    void whoSaysNothingKeepsNobodyElseOut() throws Exception {
        try (var silent = call();
                var half = call()) {
            half.getOutputStream().write("parley-f".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThat(silent.isConnected()).isTrue();
            stillReceives();
        }
    }

    /** Whoever calls waits for the greeting no longer than ten seconds; a large file takes longer to read. */
    @Test
    void whoIsCalledGreetsBeforeHeReadsWhatIsThere() throws Exception {
        var read = new CountDownLatch(1);
        bob = new Station("carol", folder, kit, new Disk() {
            @Override
            public long usableBytes(Path where) throws IOException {
                try {
                    read.await();
                } catch (InterruptedException stopped) {
                    throw new IOException(stopped);
                }
                return Disk.super.usableBytes(where);
            }
        });
        bob.receives(alice, file, SIZE);
        try (var caller = call()) {
            caller.setSoTimeout(5_000);
            greet(caller);
            read.countDown();
            assertThat(caller.getInputStream().readNBytes(4)).hasSize(4);
        } finally {
            read.countDown();
        }
    }

    @Test
    void whoAnswersACallThatWasClosedMeanwhileIsToldWhy() throws Exception {
        alice.sends(bob, file, Files.write(folder.resolve("source"), new byte[(int) SIZE]));
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            alice.calls(bob, file, PeerAddress.of((InetSocketAddress) server.getLocalSocketAddress()));
            try (var called = server.accept()) {
                var theirs = Greeting.decode(
                                ByteString.fromArray(called.getInputStream().readNBytes(Greeting.BYTES)))
                        .orElseThrow();
                alice.streams.tell(new Streams.Close(bob.name, file, Streams.Closing.PAUSED));
                alice.changes.expectNoMessage();
                var ours = greeting(false);
                called.getOutputStream().write(ours.encode().toArray());
                var keys = lane().keys().directions(theirs.salt(), ours.salt());
                var box = called.getInputStream().readAllBytes();
                var plain = ByteBuffer.allocate(FrameCodec.PLAIN_BYTES_MAX);
                assertThat(BoxOpener.of(keys.fromSender(), file, SIZE)
                                .open(ByteBuffer.wrap(box, 4, box.length - 4), plain, true))
                        .isTrue();
                assertThat(FrameCodec.decode(plain.flip()))
                        .isEqualTo(new StreamFrame.Stop(StreamFrame.Stop.Reason.PAUSED));
            }
        }
        assertThat(((Streams.Ended) alice.next()).why()).isEqualTo(Why.CLOSED);
    }

    /** A stream that was cut leaves its lane free: the genuine file arrives. */
    private void stillReceives() throws Exception {
        var source = folder.resolve("source");
        Files.write(source, new byte[(int) SIZE]);
        alice.sends(bob, file, source);
        Streams.Change ended;
        do {
            alice.calls(bob, file);
            ended = bob.next();
            // What an evil sender has left there before is found out by its root.
        } while (ended instanceof Streams.Ended over && over.why() == Why.WRONG);
        assertThat(ended).isInstanceOf(Streams.Whole.class);
    }

    private Why why() {
        return ((Streams.Ended) bob.next()).why();
    }

    private Socket call() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), bob.port());
    }

    private Lane lane() {
        return alice.laneWith(bob, true, file, SIZE);
    }

    private Greeting greeting(boolean sends) {
        var salt = new byte[32];
        new SecureRandom().nextBytes(salt);
        return new Greeting(sends, lane().tag(), ByteString.fromArray(salt));
    }

    private BoxSealer greet(Socket caller) throws IOException {
        var ours = greeting(true);
        caller.getOutputStream().write(ours.encode().toArray());
        var theirs = Greeting.decode(
                        ByteString.fromArray(caller.getInputStream().readNBytes(Greeting.BYTES)))
                .orElseThrow();
        assertThat(ours.isAnsweredBy(theirs)).isTrue();
        var keys = lane().keys().directions(ours.salt(), theirs.salt());
        return BoxSealer.of(keys.fromSender(), file, SIZE);
    }

    private static StreamFrame.Chunk chunk(long index, int length) {
        return new StreamFrame.Chunk(index, ByteBuffer.allocate(length));
    }

    private static byte[] sealed(BoxSealer sealer, StreamFrame frame) {
        return StreamLogic.sealed(sealer, frame).toArray();
    }

    private static void say(Socket caller, byte[]... boxes) throws IOException {
        for (var box : boxes) caller.getOutputStream().write(box);
    }
}
