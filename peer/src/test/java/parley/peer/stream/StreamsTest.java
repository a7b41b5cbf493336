package parley.peer.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messages.wire.MessageId;
import parley.peer.stream.Streams.Closing;
import parley.peer.stream.Streams.Why;
import parley.peer.transfer.Disk;

/** Two who send files to each other over real connections. */
@Timeout(120)
class StreamsTest {
    private static final int CHUNK = Lane.CHUNK_BYTES;

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
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5L * CHUNK, 300L * CHUNK + 17})
    void aFileOfAnySizeArrives(long size) throws Exception {
        var source = source(size);
        offered(source);
        alice.calls(bob, file);
        arrived(source);
        assertThat(alice.next()).isEqualTo(new Streams.Whole(bob.name, file, ""));
    }

    @Test
    void theReceiverMayCallAsWell() throws Exception {
        var source = source(3L * CHUNK);
        offered(source);
        bob.calls(alice, file);
        arrived(source);
    }

    @Test
    void whenBothCallAtOnceOneStreamCarriesIt() throws Exception {
        for (int i = 0; i < 20; i++) {
            var one = MessageId.random(new SecureRandom());
            var source = source(2L * CHUNK);
            alice.sends(bob, one, source);
            bob.receives(alice, one, Files.size(source));
            alice.calls(bob, one);
            bob.calls(alice, one);
            // A call that met another, and was refused before that came, is told.
            var ended = bob.next();
            if (ended instanceof Streams.Ended) ended = bob.next();
            assertThat(ended).isInstanceOf(Streams.Whole.class);
        }
    }

    @Test
    void whatIsPrivateStaysSo() throws Exception {
        var source = source(CHUNK);
        offered(source);
        alice.calls(bob, file);
        arrived(source);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bob.partial(alice, file))))
                .isEqualTo("rw-------");
    }

    @Test
    void nobodyIsAnsweredWhoSpeaksOfAnUnknownFile() throws Exception {
        var source = source(CHUNK);
        alice.sends(bob, file, source);
        alice.calls(bob, file);
        assertThat(alice.next())
                .isInstanceOfSatisfying(
                        Streams.Ended.class, ended -> assertThat(ended.why()).isEqualTo(Why.NOT_REACHED));
        bob.changes.expectNoMessage();
    }

    @Test
    void theSourceIsReportedWhenItChangedBefore() throws Exception {
        var source = source(3L * CHUNK);
        offered(source);
        Files.writeString(source, "another");
        alice.calls(bob, file);
        assertThat(why(bob)).isEqualTo(Why.CHANGED);
        assertThat(why(alice)).isEqualTo(Why.CHANGED);
    }

    @Test
    void theSourceIsReportedWhenItVanished() throws Exception {
        var source = source(3L * CHUNK);
        offered(source);
        Files.delete(source);
        alice.calls(bob, file);
        assertThat(why(bob)).isEqualTo(Why.CHANGED);
    }

    @Test
    void theSourceIsReportedWhenItChangesMeanwhile() throws Exception {
        var source = source(2_000L * CHUNK);
        offered(source);
        alice.calls(bob, file);
        alice.begins();
        try (var out = FileChannel.open(source, java.nio.file.StandardOpenOption.APPEND)) {
            out.write(ByteBuffer.wrap(new byte[] {1}));
        }
        assertThat(why(bob)).isEqualTo(Why.CHANGED);
        assertThat(why(alice)).isEqualTo(Why.CHANGED);
    }

    @Test
    void whatWasCutGoesOnAtTheFirstMissingChunk() throws Exception {
        var source = source(100L * CHUNK);
        offered(source);
        try (var wire = new Wire(bob.port())) {
            wire.cutAfter(40L * CHUNK);
            alice.calls(bob, file, wire.at());
            assertThat(why(alice)).isEqualTo(Why.CUT);
            assertThat(why(bob)).isEqualTo(Why.CUT);
            long there = Files.size(bob.partial(alice, file));
            assertThat(there).isBetween(1L, 40L * CHUNK);
            wire.passAll();
            alice.calls(bob, file, wire.at());
            arrived(source);
            assertThat(wire.passed()).isLessThan(Files.size(source) - there + 2L * CHUNK);
        }
    }

    @Test
    void whatACrashLeftIsReadAgainAndHalfAChunkIsThrownAway() throws Exception {
        var source = source(10L * CHUNK);
        offered(source);
        Files.write(bob.partial(alice, file), java.util.Arrays.copyOf(Files.readAllBytes(source), 3 * CHUNK + 5));
        alice.calls(bob, file);
        arrived(source);
    }

    @Test
    void whatIsThereAndWrongIsThrownAwayAndBeginsAnew() throws Exception {
        var source = source(10L * CHUNK);
        offered(source);
        Files.write(bob.partial(alice, file), new byte[3 * CHUNK]);
        alice.calls(bob, file);
        assertThat(why(bob)).isEqualTo(Why.WRONG);
        assertThat(why(alice)).isEqualTo(Why.WRONG);
        alice.calls(bob, file);
        arrived(source);
    }

    @Test
    void aLinkInThePlaceOfThePartialFileIsNotFollowed() throws Exception {
        var treasure = Files.writeString(folder.resolve("treasure"), "mine");
        var source = source(3L * CHUNK);
        offered(source);
        Files.createSymbolicLink(bob.partial(alice, file), treasure);
        alice.calls(bob, file);
        assertThat(why(bob)).isEqualTo(Why.DISK);
        assertThat(treasure).hasContent("mine");
    }

    @Test
    void aFullDiskIsSaidOnBothSidesAndItGoesOnWhenThereIsRoom() throws Exception {
        var room = new AtomicLong(20L * CHUNK);
        var carol = new Station("carol", folder, kit, new Disk() {
            @Override
            public void write(FileChannel to, ByteBuffer bytes) throws IOException {
                if (room.addAndGet(-bytes.remaining()) < 0) throw new IOException("No space left on device");
                Disk.super.write(to, bytes);
            }
        });
        var source = source(50L * CHUNK);
        alice.sends(carol, file, source);
        carol.receives(alice, file, Files.size(source));
        alice.calls(carol, file);
        assertThat(why(carol)).isEqualTo(Why.NO_ROOM);
        assertThat(why(alice)).isEqualTo(Why.NO_ROOM);
        assertThat(Files.size(carol.partial(alice, file)))
                .as("what it took is kept, but for the batch that did not fit")
                .isBetween((20L - Batches.CHUNKS_MAX) * CHUNK, 20L * CHUNK);
        room.set(Long.MAX_VALUE);
        alice.calls(carol, file);
        assertThat(carol.next()).isInstanceOf(Streams.Whole.class);
    }

    @Test
    void aDiskThatFailsOtherwiseIsNoBrokenNetworkAndItGoesOnWhenItWorksAgain() throws Exception {
        var works = new AtomicBoolean();
        var carol = new Station("carol", folder, kit, new Disk() {
            @Override
            public void write(FileChannel to, ByteBuffer bytes) throws IOException {
                if (!works.get()) throw new IOException("Input/output error");
                Disk.super.write(to, bytes);
            }
        });
        var source = source(50L * CHUNK);
        alice.sends(carol, file, source);
        carol.receives(alice, file, Files.size(source));
        alice.calls(carol, file);
        assertThat(why(carol)).isEqualTo(Why.DISK);
        assertThat(why(alice)).isEqualTo(Why.NOT_NOW);
        works.set(true);
        alice.calls(carol, file);
        assertThat(carol.next()).isInstanceOf(Streams.Whole.class);
    }

    @Test
    void whoeverClosesItSaysWhy() throws Exception {
        var source = source(4_000L * CHUNK);
        offered(source);
        alice.calls(bob, file);
        bob.begins();
        alice.streams.tell(new Streams.Close(bob.name, file, Closing.PAUSED));
        assertThat(why(bob)).isEqualTo(Why.PAUSED);
        assertThat(why(alice)).isEqualTo(Why.CLOSED);
        alice.sends(bob, file, source);
        alice.calls(bob, file);
        alice.begins();
        bob.streams.tell(new Streams.Close(alice.name, file, Closing.DECLINED));
        assertThat(why(alice)).isEqualTo(Why.DECLINED);
        alice.calls(bob, file);
        assertThat(why(alice)).isEqualTo(Why.NOT_REACHED);
    }

    @Test
    void manyAtOnceAllArrive() throws Exception {
        var source = source(200L * CHUNK);
        for (int i = 0; i < 12; i++) {
            var one = MessageId.random(new SecureRandom());
            alice.sends(bob, one, source);
            bob.receives(alice, one, Files.size(source));
            alice.calls(bob, one);
        }
        for (int i = 0; i < 12; i++) assertThat(bob.next()).isInstanceOf(Streams.Whole.class);
    }

    private Path source(long size) throws IOException {
        var path = Files.createTempFile(folder, "source", "");
        var random = new Random(size);
        try (var out = Files.newOutputStream(path)) {
            var bytes = new byte[CHUNK];
            for (long left = size; left > 0; left -= CHUNK) {
                random.nextBytes(bytes);
                out.write(bytes, 0, (int) Math.min(left, CHUNK));
            }
        }
        return path;
    }

    private void offered(Path source) throws IOException {
        alice.sends(bob, file, source);
        bob.receives(alice, file, Files.size(source));
    }

    private void arrived(Path source) throws Exception {
        var sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(source)));
        assertThat(bob.next()).isEqualTo(new Streams.Whole(alice.name, file, sha256));
        assertThat(bob.partial(alice, file)).hasSameBinaryContentAs(source);
    }

    private static Why why(Station station) {
        return ((Streams.Ended) station.next()).why();
    }
}
