package parley.peer.link;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.testkit.TestSubscriber;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messages.classic.PeerMessage.PublicValue;
import parley.messages.classic.Sealed;
import parley.peer.link.Wire.Cut;

/** The receiving stage against a sender by hand. */
class ReceivingTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final PublicValue OWN = new PublicValue(BigInteger.TEN.pow(924));
    static final String DHK =
            "dhk:5" + "0123456789ab".repeat(77).replace("a", "1").replace("b", "2");
    static final ByteString IV = ByteString.fromArray(new byte[] {0, 'a', ':', 'f', -1, '0', '\n', 1});
    static final String FULL = "0123456789abcdef".repeat(128);
    static final InetSocketAddress REMOTE = InetSocketAddress.createUnresolved("10.0.0.7", 4711);

    final Collecting inbox = new Collecting();
    final CountDownLatch placeAsked = new CountDownLatch(1);

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    Wire<Done> wire() {
        return wire(Wire.settings(), inbox);
    }

    static Wire<Done> wire(LinkSettings settings, Inbox inbox) {
        return new Wire<>(kit, new Receiving(settings, REMOTE, OWN, inbox));
    }

    /** {@code dhk:} and 925 digits, as our peers and five of six classic ones have. */
    @Test
    void theDhkOfThisTestIsOfFullLength() {
        assertThat(DHK).hasSize(4 + 925);
    }

    static List<Cut> cutsOf(String message) {
        var cuts = new ArrayList<Cut>();
        cuts.add(Cut.EVERYWHERE);
        IntStream.range(0, message.length()).forEach(at -> cuts.add(new Cut(at)));
        return cuts;
    }

    @Test
    void aPublicValueArrivesHoweverItIsCut() {
        // All are told before any is heard: each waits until it is quiet, and may do so beside the others.
        var wires = cutsOf(DHK).stream()
                .map(cut -> wire().tell(ByteString.fromString(DHK), cut))
                .toList();
        wires.forEach(wire -> wire.expect("dhk:" + OWN.value()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice:client_sending:False::5:0123456789", // ours
                "alice:client_sending:False::5:0123456789abcdef", // padded to eight characters
                "alice:client_sending:False::0:", // empty
                "alice:client_sending:False::12:0123456789abcdef0123456789abcdef" // padded from 12 to 16
            })
    void aTextArrivesHoweverItIsCut(String header) throws Exception {
        var hex = header.substring(header.lastIndexOf(':') + 1);
        for (var cut : cutsOf(header)) {
            var wire = agreed().tell(ByteString.fromString(header), cut).expect("send_iv");
            wire.tell(IV, Cut.NOWHERE).expectClose();
            assertThat(next(inbox.texts)).as("%s", cut).isEqualTo(new Sealed(IV, ByteString.fromString(hex)));
        }
    }

    @Test
    void aGroupsTextArrivesHoweverItIsCut() throws Exception {
        var header = "team:group_sending:False::5:0123456789";
        for (var cut : cutsOf(header)) {
            wire().tell(ByteString.fromString(header), cut)
                    .expect("send_iv")
                    .tell(IV, Cut.NOWHERE)
                    .expectClose();
            assertThat(next(inbox.texts).hex().utf8String()).as("%s", cut).isEqualTo("0123456789");
        }
    }

    @Test
    void anIvArrivesHoweverItIsCut() throws Exception {
        for (var cut : cutsOf("8 bytes.")) {
            agreed().tell("alice:client_sending:False::1:ab")
                    .expect("send_iv")
                    .tell(IV, cut)
                    .expectClose();
            assertThat(next(inbox.texts).iv()).as("%s", cut).isEqualTo(IV);
        }
    }

    @Test
    void aFullChunkArrivesHoweverItIsCut() throws Exception {
        var wire = storing();
        for (var cut : cutsOf(FULL)) {
            wire.tell(ByteString.fromString(FULL), cut)
                    .expect("send_iv")
                    .tell(IV, Cut.NOWHERE)
                    .expect("ack");
        }
        wire.tellEnd().expectClose();
        assertThat(next(inbox.files))
                .hasSize(cutsOf(FULL).size())
                .containsOnly(new Sealed(IV, ByteString.fromString(FULL)));
    }

    @Test
    void aLastChunkArrivesHoweverItAndItsIvAreCut() throws Exception {
        var last = "0123456789abcdef01";
        for (var cut : cutsOf(last)) {
            var ivCut = new Cut(Math.floorMod(cut.at(), 8));
            storing()
                    .tell(ByteString.fromString(last), cut)
                    .expect("send_iv")
                    .tell(IV, ivCut)
                    .expect("ack")
                    .tellEnd()
                    .expectClose();
            assertThat(next(inbox.files)).as("%s", cut).containsExactly(new Sealed(IV, ByteString.fromString(last)));
        }
    }

    @Test
    void aChunkWhoseSecondSegmentIsLateIsStillWhole() throws Exception {
        storing()
                .tell(FULL.substring(0, 1460))
                .expect("send_iv")
                .tell(FULL.substring(1460))
                .expectNothingFor(Wire.QUIET.multipliedBy(2))
                .tell(IV, Cut.NOWHERE)
                .expect("ack")
                .tellEnd()
                .expectClose();
        assertThat(next(inbox.files)).containsExactly(new Sealed(IV, ByteString.fromString(FULL)));
    }

    @Test
    void halfAByteIsNeverWhole() throws Exception {
        storing()
                .tell("abc")
                .expectNothingFor(Wire.QUIET.multipliedBy(2))
                .tell("d")
                .expect("send_iv")
                .tell(IV, Cut.NOWHERE)
                .expect("ack")
                .tellEnd()
                .expectClose();
        assertThat(next(inbox.files).getFirst().hex().utf8String()).isEqualTo("abcd");
    }

    @Test
    void aFileOfManyBatchesArrivesInOrder() throws Exception {
        var wire = storing();
        for (int i = 0; i < 5 * Inbox.BATCH_CHUNKS; i++) {
            var iv = ByteString.fromString("iv %05d".formatted(i));
            wire.tell(FULL).expect("send_iv").tell(iv, Cut.NOWHERE).expect("ack");
        }
        wire.tellEnd().expectClose();
        var chunks = next(inbox.files);
        assertThat(chunks).hasSize(5 * Inbox.BATCH_CHUNKS);
        for (int i = 0; i < chunks.size(); i++) {
            assertThat(chunks.get(i).iv().utf8String()).isEqualTo("iv %05d".formatted(i));
        }
    }

    @Test
    void anEmptyFileArrives() throws Exception {
        storing().tellEnd().expectClose();
        assertThat(next(inbox.files)).isEmpty();
    }

    /** The acks are what makes a sender wait. */
    @Test
    void aSlowDiskHoldsTheSenderBackAndNoMoreThanABatchIsHeld() {
        var stuck = Sink.<List<Sealed>>never().mapMaterializedValue(done -> new CompletableFuture<Inbox.Verdict>());
        var never = placing(CompletableFuture.completedFuture(new Inbox.Place.Into(stuck)));
        var wire = storing(wire(Wire.settings(), never));
        for (int i = 1; i < Inbox.BATCH_CHUNKS; i++) {
            wire.tell(FULL).expect("send_iv").tell(IV, Cut.NOWHERE).expect("ack");
        }
        wire.tell(FULL).expect("send_iv").tell(IV, Cut.NOWHERE).expectNothingFor(Duration.ofMillis(200));
    }

    @Test
    void aBrokenConnectionEndsTheFileWithAFailure() throws Exception {
        storing()
                .tell(FULL)
                .expect("send_iv")
                .tell(IV, Cut.NOWHERE)
                .expect("ack")
                .tellReset();
        assertThat(next(inbox.broken)).contains("broke");
        assertThat(next(inbox.drops).why()).contains("broke");
        assertThat(inbox.files).isEmpty();
    }

    @Test
    void aVerdictBeforeTheEndIsNone() {
        var hasty = Sink.<List<Sealed>>never()
                .mapMaterializedValue(
                        never -> CompletableFuture.<Inbox.Verdict>completedFuture(new Inbox.Verdict.Kept()));
        var wire = wire(Wire.settings(), placing(CompletableFuture.completedFuture(new Inbox.Place.Into(hasty))));
        assertThat(storing(wire).expectAbort()).isEqualTo("its end was not awaited");
    }

    @Test
    void aProgramThatEndsInTheMiddleOfAFileHasHalfOfIt() {
        var ending = ActorTestKit.create();
        var batches = TestSubscriber.<List<Sealed>>manualProbe(Adapter.toClassic(kit.system()));
        var sink = Sink.fromSubscriber(batches).mapMaterializedValue(none -> new CompletableFuture<Inbox.Verdict>());
        var placed = placing(CompletableFuture.completedFuture(new Inbox.Place.Into(sink)));
        try {
            storing(new Wire<>(ending, new Receiving(Wire.settings(), REMOTE, OWN, placed)));
            batches.expectSubscription();
        } finally {
            ending.shutdownTestKit();
        }
        batches.expectError();
    }

    /** An end of stream counts as the end of a file only where a file can end. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEndInTheMiddleOfAChunkIsABrokenFile(boolean ivToo) throws Exception {
        var wire = storing().tell(FULL).expect("send_iv");
        if (ivToo) wire.tell("1234");
        wire.tellEnd();
        wire.expectAbort();
        assertThat(next(inbox.drops).why()).isNotEmpty();
        assertThat(next(inbox.broken)).isNotEmpty();
        assertThat(inbox.files).isEmpty();
    }

    @Test
    void whatComesTooLateForAPlaceFailsIt() throws Exception {
        var asked = new CompletableFuture<Inbox.Place>();
        var wire = wire(Wire.settings(), placing(asked)).tell("team:group_sending:True:pic.bin");
        assertThat(placeAsked.await(10, SECONDS)).isTrue();
        wire.tellReset();
        next(inbox.drops);
        asked.complete(inbox.file(new Conversation.WithGroup(new parley.messages.name.GroupName("team")), "pic.bin")
                .toCompletableFuture()
                .getNow(new Inbox.Place.Refused("")));
        assertThat(next(inbox.broken)).isEqualTo("the connection broke");
    }

    static List<List<String>> malformedOpenings() {
        return List.of(
                List.of("nonsense", "a header of 1 fields"),
                List.of("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "a header of 2 fields"),
                List.of("dhk:", "a public value of 0 digits"),
                List.of("dhk:12x4", "a public value with a non-digit"),
                List.of("dhk:-1", "a public value with a non-digit"),
                List.of("dhk:" + "1".repeat(926), "930 bytes instead of their first message"),
                List.of("alice:client_sending:False::4:01234567", "a contact without a public value"),
                List.of("team:group_sending:False::4:0123456g", "a text that is not hex"),
                List.of("team:group_sending:False::x:01234567", "a text's length that is no number"),
                List.of("team:group_sending:False::99999999:01", "a text's length of more than 4096"),
                List.of("te am:group_sending:False::1:01", "a sender whose name is not allowed"),
                List.of("team:group_sending:Maybe::1:01", "a header that is neither text nor file"),
                List.of("team:group_sending:True:", "a file without a name"),
                List.of("x".repeat(5000), "5000 bytes instead of their first message"));
    }

    @ParameterizedTest
    @MethodSource("malformedOpenings")
    void aMalformedOpeningIsDroppedWithItsReason(List<String> openingAndWhy) throws Exception {
        var wire = wire().tell(openingAndWhy.getFirst());
        assertThat(wire.expectAbort()).isEqualTo(openingAndWhy.getLast());
        var drop = next(inbox.drops);
        assertThat(drop.why()).isEqualTo(openingAndWhy.getLast());
        assertThat(drop.from()).isEqualTo(REMOTE);
        assertThat(wire.end()).succeedsWithin(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({
        "1234567, an IV of 7 bytes",
        "123456789, an IV of 9 bytes",
        "hello world, an IV of 11 bytes",
    })
    void aTextWithoutAnIvIsDropped(String iv, String why) throws Exception {
        var wire = agreed().tell("alice:client_sending:False::1:ab")
                .expect("send_iv")
                .tell(iv)
                .tellEnd();
        assertThat(wire.expectAbort()).isEqualTo(why);
        assertThat(next(inbox.drops).claimed()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "zz, a chunk that is not hex",
        "ab cd ef, a chunk that is not hex",
        "abc, a chunk of 3 hex digits",
    })
    void aChunkThatIsNoHexIsDropped(String chunk, String why) throws Exception {
        var wire = storing().tell(chunk);
        if (chunk.length() % 2 != 0) wire.tellEnd();
        assertThat(wire.expectAbort()).isEqualTo(why);
        assertThat(next(inbox.broken)).isEqualTo(why);
    }

    @Test
    void anEndlessTextIsDroppedAtTheLimit() throws Exception {
        var wire = agreed().tell("alice:client_sending:False::4000:");
        for (int i = 0; i < 5; i++) wire.tell("0".repeat(1000));
        assertThat(wire.expectAbort()).matches("\\d{4} bytes instead of their header");
    }

    @Test
    void whatIsMoreThanAChunkIsNone() {
        assertThat(storing().tell(FULL + FULL).expectAbort())
                .isEqualTo("4096 bytes instead of a chunk or the end of the file");
    }

    @Test
    void whoTalksWhileWeWorkIsDroppedAtTheLimit() throws Exception {
        var wire = wire(Wire.settings(), placing(new CompletableFuture<>())).tell("team:group_sending:True:pic.bin");
        assertThat(placeAsked.await(10, SECONDS)).isTrue();
        for (int i = 0; i < 5; i++) wire.tell("0".repeat(1000));
        assertThat(wire.expectAbort()).matches("\\d{4} bytes out of turn");
        assertThat(next(inbox.drops).why()).endsWith("out of turn");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void silenceIsDropped(int told) throws Exception {
        var wire = wire(Limits.SHORT, inbox);
        if (told > 0) wire.tell(DHK).expect("dhk:" + OWN.value());
        if (told > 1) wire.tell("alice:client_sending:True:pic.bin").expect("confirm");
        if (told > 2) wire.tell(FULL).expect("send_iv");
        assertThat(wire.expectAbort()).startsWith("silent for 500 ms while ");
        assertThat(next(inbox.drops).why()).startsWith("silent");
    }

    /** An inbox in which a file's place is still to be found. */
    private Inbox placing(CompletionStage<Inbox.Place> place) {
        return new Inbox() {
            @Override
            public CompletionStage<Verdict> text(Conversation from, int length, Sealed text) {
                throw new AssertionError("no text");
            }

            @Override
            public CompletionStage<Place> file(Conversation from, String path) {
                placeAsked.countDown();
                return place;
            }

            @Override
            public void dropped(Dropped dropped) {
                inbox.dropped(dropped);
            }
        };
    }

    Wire<Done> agreed() {
        return wire().tell(DHK).expect("dhk:" + OWN.value());
    }

    Wire<Done> storing() {
        return storing(wire());
    }

    private static Wire<Done> storing(Wire<Done> wire) {
        return wire.tell("team:group_sending:True:/tmp/a: b.bin").expect("confirm");
    }

    static <T> T next(java.util.concurrent.BlockingQueue<T> queue) throws InterruptedException {
        return Objects.requireNonNull(queue.poll(10, SECONDS), "nothing came");
    }
}
