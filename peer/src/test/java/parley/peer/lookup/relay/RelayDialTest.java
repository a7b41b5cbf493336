package parley.peer.lookup.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.channel.Channel;
import parley.channel.Credentials;
import parley.channel.Expected;
import parley.messages.directory.Code;
import parley.messages.directory.RelayCall;
import parley.messages.directory.RelayToken;
import parley.messages.name.UserName;
import parley.messages.settings.Endpoint;

/** Real TLS on loopback against a relay of a few lines, which says back what it hears. */
class RelayDialTest {
    private static final ActorTestKit kit = ActorTestKit.create();
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Credentials OURS = credentials(1);
    private static final Credentials REGISTRY = credentials(2);
    private static final RelayCall CALL = new RelayCall(
            new UserName("alice"), new UserName("bob"), new RelayToken(ByteString.fromArray(new byte[16])));

    private final BlockingQueue<ByteString> heard = new LinkedBlockingQueue<>();

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void whatIsRelayedPassesUnaltered() throws Exception {
        var connection = relayed(dial(relay("ok\nbehind it", Channel.RELAY), REGISTRY, LONG));
        assertThat(heard.poll(5, TimeUnit.SECONDS))
                .isEqualTo(ByteString.fromString("relay alice bob AAAAAAAAAAAAAAAAAAAAAA\n"));
        var bytes = new byte[8 * 1024 * 1024];
        new Random(1).nextBytes(bytes);
        var all = ByteString.fromArray(bytes);
        var back = Source.range(0, (all.size() - 1) / 100_000)
                .map(number -> all.slice(number * 100_000, (number + 1) * 100_000))
                .concat(Source.maybe())
                .via(connection)
                .scan(ByteString.emptyByteString(), ByteString::concat)
                .takeWhile(sofar -> sofar.size() < all.size() + 9, true)
                .runWith(Sink.last(), kit.system());
        assertThat(back.toCompletableFuture()
                        .get(20, TimeUnit.SECONDS)
                        .equals(ByteString.fromString("behind it").concat(all)))
                .isTrue();
    }

    @Test
    void whatTheRegistryRefusesIsSaid() throws Exception {
        var attempt = dial(relay("Error:late The other one did not come\n", Channel.RELAY), REGISTRY, LONG);
        assertThat(outcome(attempt))
                .isEqualTo(new Outcome.NotRelayed(Optional.of(Code.LATE), "The other one did not come"));
    }

    @Test
    void aRegistryWithoutARelayIsNoFault() throws Exception {
        assertThat(text(dial(relay("", Channel.TO_REGISTRY), REGISTRY, LONG))).contains("did not shake hands");
    }

    @Test
    void anotherKeyThanThePinnedOneHearsNothing() throws Exception {
        assertThat(text(dial(relay("ok\n", Channel.RELAY), OURS, LONG))).contains("did not shake hands", "expected");
        assertThat(heard).isEmpty();
    }

    @Test
    void whereNobodyAnswersItIsGivenUp() throws Exception {
        assertThat(text(dial(relay("", Channel.RELAY), REGISTRY, SHORT))).endsWith("did not answer in time");
        assertThat(text(dial(relay("nonsense\n", Channel.RELAY), REGISTRY, LONG)))
                .contains("a line that is none");
    }

    @Test
    void whoIsNotWantedAnyMoreIsCalledOff() throws Exception {
        var attempt = dial(relay("", Channel.RELAY), REGISTRY, LONG);
        attempt.giveUp().run();
        assertThat(text(attempt)).endsWith("was not waited for");
    }

    private static Flow<ByteString, ByteString, NotUsed> relayed(Attempt attempt) throws Exception {
        return ((Outcome.Relayed) outcome(attempt)).connection();
    }

    private static String text(Attempt attempt) throws Exception {
        var not = (Outcome.NotRelayed) outcome(attempt);
        assertThat(not.code()).isEmpty();
        return not.text();
    }

    private static Outcome outcome(Attempt attempt) throws Exception {
        return attempt.outcome().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static Attempt dial(int port, Credentials pinned, Duration answer) {
        var handshake = answer.equals(SHORT) ? Duration.ofSeconds(2) : LONG;
        return RelayDial.create(
                        kit.system(),
                        new Endpoint("127.0.0.1", port),
                        pinned.key(),
                        OURS,
                        new RelaySettings(handshake, answer))
                .call(CALL);
    }

    /** Says {@code answer} when it has heard a line, and then back what it hears; nothing for an empty one. */
    private int relay(String answer, String purpose) throws Exception {
        return Tcp.get(kit.system())
                .bind("127.0.0.1", 0)
                .to(Sink.foreach(connection -> Channel.server(REGISTRY, new Expected.Anybody(), purpose)
                        .join(connection.flow())
                        .join(Flow.of(ByteString.class)
                                .statefulMap(
                                        () -> false,
                                        (talking, bytes) -> {
                                            if (talking) return Pair.create(true, bytes);
                                            heard.add(bytes);
                                            return Pair.create(true, ByteString.fromString(answer));
                                        },
                                        talking -> Optional.empty())
                                .filterNot(ByteString::isEmpty))
                        .run(kit.system())))
                .run(kit.system())
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS)
                .localAddress()
                .getPort();
    }

    private static Credentials credentials(int seed) {
        var bytes = new byte[Credentials.SEED_BYTES];
        bytes[0] = (byte) seed;
        return Credentials.of(bytes);
    }
}
