package parley.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.messages.identity.IdentityKey;

/** Whatever is done to the bytes on their way: what is heard is what was said, or a beginning of it and an error. */
class EvilNetworkTest {
    private static final ActorSystem SYSTEM = ActorSystem.create("evil");
    private static final Duration TIME_MAX = Duration.ofSeconds(20);
    /** A side that lost a byte waits for it for ever: the network ends when nothing moves for so long. */
    private static final Duration SILENCE = Duration.ofMillis(300);

    private static final int ROUNDS = 60;
    private static final int PIECES = 20;
    private static final int PIECE_BYTES = 300;

    /** More than a handshake and all pieces have, so that some hit and some come too late. */
    private static final int STREAM_BYTES = 9_000;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    private int broken;

    @AfterAll
    static void close() {
        TestKit.shutdownActorSystem(SYSTEM);
    }

    private record Heard(ByteString bytes, boolean ended) {}

    @Test
    void aWireThatOnlyCutsChangesNothing() {
        for (int most : new int[] {1, 2, 7, 100, 5_000}) {
            var heard = heard(TIME_MAX, pieces -> pieces.mapConcat(bytes -> cut(bytes, most)));
            assertThat(heard).as("-Dseed=%d, pieces of %d", seed, most).isEqualTo(new Heard(said(), true));
        }
    }

    @Test
    void aFlippedBitIsNeverHeard() {
        for (int i = 0; i < ROUNDS; i++) {
            int at = random.nextInt(STREAM_BYTES);
            int bit = 1 << random.nextInt(8);
            isHarmless("flip at %d".formatted(at), whole -> at < whole.size() ? flipped(whole, at, bit) : whole);
        }
        assertThat(broken).as("-Dseed=%d, flips that hit", seed).isGreaterThan(ROUNDS / 3);
    }

    @Test
    void whatIsDroppedOrDoubledOrMovedIsNeverHeard() {
        for (int i = 0; i < ROUNDS; i++) {
            int from = random.nextInt(STREAM_BYTES);
            int count = 1 + random.nextInt(400);
            switch (i % 3) {
                case 0 -> isHarmless("drop", whole -> whole.take(from).concat(whole.drop(from + count)));
                case 1 -> isHarmless("double", whole -> whole.take(from + count).concat(whole.drop(from)));
                default ->
                    isHarmless(
                            "move",
                            whole -> whole.take(from)
                                    .concat(whole.slice(from + count, from + 2 * count))
                                    .concat(whole.slice(from, from + count))
                                    .concat(whole.drop(from + 2 * count)));
            }
        }
        assertThat(broken).as("-Dseed=%d, alterations that hit", seed).isGreaterThan(ROUNDS / 3);
    }

    /** An alteration of the stream from client to server, seen as one: each byte is passed on as it would lie there. */
    private void isHarmless(String what, Function<ByteString, ByteString> alter) {
        var heard = heard(
                SILENCE,
                pieces -> pieces.statefulMap(
                                () -> ByteString.emptyByteString(),
                                (before, bytes) -> {
                                    var now = before.concat(bytes);
                                    var was = alter.apply(before);
                                    var is = alter.apply(now);
                                    // What went out cannot be taken back: only what comes on top of it.
                                    var more =
                                            is.size() > was.size() ? is.drop(was.size()) : ByteString.emptyByteString();
                                    return org.apache.pekko.japi.Pair.create(now, more);
                                },
                                rest -> java.util.Optional.empty())
                        .filter(bytes -> !bytes.isEmpty()));
        var whole = said();
        assertThat(whole.take(heard.bytes().size()))
                .as("-Dseed=%d, %s", seed, what)
                .isEqualTo(heard.bytes());
        if (!heard.ended()) broken++;
        else assertThat(heard.bytes()).as("-Dseed=%d, %s", seed, what).isEqualTo(whole);
    }

    /** What a server hears of a client that says all its pieces and goodbye. */
    private static Heard heard(
            Duration patience, Function<Flow<ByteString, ByteString, NotUsed>, Flow<ByteString, ByteString, ?>> evil) {
        BidiFlow<ByteString, ByteString, ByteString, ByteString, CompletionStage<IdentityKey>> client =
                Channel.client(Keys.ALICE, new Expected.Exactly(Keys.REGISTRY.key()), Channel.LINK);
        var server = Channel.server(Keys.REGISTRY, new Expected.Exactly(Keys.ALICE.key()), Channel.LINK);
        var network = BidiFlow.fromFlows(evil.apply(Flow.create()), Flow.<ByteString>create());
        List<ByteString> heard = new ArrayList<>();
        var listens = Sink.<ByteString>foreach(heard::add);
        var ended = Flow.fromSinkAndSourceMat(listens, Source.<ByteString>maybe(), Keep.left())
                .join(server);
        var idle = Flow.<ByteString>create().idleTimeout(patience);
        var outcome = Flow.fromSinkAndSource(Sink.<ByteString>ignore(), Source.from(pieces()))
                .join(client.atop(network))
                .joinMat(idle.viaMat(ended, Keep.right()), Keep.right())
                .run(SYSTEM);
        boolean inOrder = assertThat(outcome.handle((done, failure) -> failure == null))
                .succeedsWithin(TIME_MAX)
                .actual();
        return new Heard(heard.stream().reduce(ByteString.emptyByteString(), ByteString::concat), inOrder);
    }

    private static ByteString said() {
        return pieces().stream().reduce(ByteString.emptyByteString(), ByteString::concat);
    }

    private static List<ByteString> pieces() {
        return IntStream.range(0, PIECES)
                .mapToObj(i -> {
                    var bytes = new byte[PIECE_BYTES];
                    new Random(i).nextBytes(bytes);
                    return ByteString.fromArray(bytes);
                })
                .toList();
    }

    private static ByteString flipped(ByteString whole, int at, int bit) {
        var bytes = whole.toArray();
        bytes[at] ^= (byte) bit;
        return ByteString.fromArray(bytes);
    }

    private static List<ByteString> cut(ByteString bytes, int most) {
        return IntStream.iterate(0, at -> at < bytes.size(), at -> at + most)
                .mapToObj(at -> bytes.slice(at, Math.min(at + most, bytes.size())))
                .toList();
    }
}
