package parley.peer.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messages.classic.Origin;
import parley.messages.classic.PeerMessage.PublicValue;
import parley.messages.classic.Sealed;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.link.Wire.Cut;

/** The sending stages against a receiver by hand. */
class SendingTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final PublicValue OWN = new PublicValue(BigInteger.TEN.pow(924));
    static final PublicValue THEIRS = new PublicValue(BigInteger.TEN.pow(924).add(BigInteger.ONE));
    static final ByteString IV = ByteString.fromString("8 bytes.");
    static final ByteString HEX = ByteString.fromString("0123456789abcdef");
    static final Sealed SEALED = new Sealed(IV, HEX);
    static final Origin ALICE = new Origin.User(new UserName("alice"));
    static final Origin TEAM = new Origin.Group(new GroupName("team"));

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void aTextTakesItsCourse() {
        var wire = text(ALICE, Wire.settings());
        wire.expect("dhk:" + OWN.value()).tell("dhk:" + THEIRS.value());
        wire.expect("alice:client_sending:False::8:0123456789abcdef").tell("send_iv");
        wire.expect("8 bytes.").expectNothingFor(Duration.ofMillis(50));
        assertThat(wire.end().toCompletableFuture()).isNotDone();
        wire.tellEnd();
        assertThat(delivery(wire)).isEqualTo(new Delivery.Delivered());
        wire.expectClose();
    }

    @Test
    void aGroupsTextNeedsNoAgreement() {
        var wire = text(TEAM, Wire.settings());
        wire.expect("team:group_sending:False::8:0123456789abcdef")
                .tell("send_iv")
                .expect("8 bytes.")
                .tellEnd();
        assertThat(delivery(wire)).isEqualTo(new Delivery.Delivered());
    }

    /** All three answers of a classic receiver, each cut everywhere, the IVs and hex between them unharmed. */
    @Test
    void aFileTakesItsCourseHoweverTheAnswersAreCut() {
        var wire = file(
                TEAM,
                Source.from(List.of(
                        List.of(SEALED, SEALED),
                        IntStream.range(0, 20).mapToObj(i -> SEALED).toList())));
        wire.expect("team:group_sending:True:pic.bin").tell(ByteString.fromString("confirm"), Cut.EVERYWHERE);
        for (int i = 0; i < 22; i++) {
            wire.expect(HEX).tell(ByteString.fromString("send_iv"), new Cut(i % 8 - 1));
            wire.expect(IV).tell(ByteString.fromString("ack"), new Cut(i % 4 - 1));
        }
        wire.expectClose(); // ours; the receiver's is still to come
        assertThat(wire.end().toCompletableFuture()).isNotDone();
        wire.tellEnd();
        assertThat(delivery(wire)).isEqualTo(new Delivery.Delivered());
    }

    @Test
    void theirPublicValueArrivesHoweverItIsCut() {
        var value = ByteString.fromString("dhk:" + THEIRS.value());
        // All are told before any is heard: each waits until it is quiet, and may do so beside the others.
        var wires = IntStream.range(-1, value.size())
                .mapToObj(at -> text(ALICE, Wire.settings())
                        .expect("dhk:" + OWN.value())
                        .tell(value, new Cut(at)))
                .toList();
        wires.forEach(wire -> wire.expect("alice:client_sending:False::8:0123456789abcdef"));
    }

    @Test
    void aShortPublicValueIsWholeWhenItIsQuiet() {
        text(ALICE, Wire.settings())
                .expect("dhk:" + OWN.value())
                .tell("dhk:4711")
                .expect("alice:client_sending:False::8:0123456789abcdef");
    }

    @Test
    void anEmptyFileIsConfirmedAndClosed() {
        var wire = file(TEAM, Source.empty());
        wire.expect("team:group_sending:True:pic.bin").tell("confirm").expectClose();
        wire.tellEnd();
        assertThat(delivery(wire)).isEqualTo(new Delivery.Delivered());
    }

    /** A receiver that could not store it resets; only a clean close counts. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aResetAtTheEndIsNoDelivery(boolean ofFile) {
        var wire = ofFile ? file(TEAM, Source.empty()) : text(TEAM, Wire.settings());
        wire.hear();
        wire.tell(ofFile ? "confirm" : "send_iv");
        if (ofFile) wire.expectClose();
        else wire.expect("8 bytes.");
        wire.tellReset();
        assertThat(delivery(wire)).isEqualTo(new Delivery.Broken("the connection broke while their close was awaited"));
    }

    @Test
    void aFileThatFailsOnTheWayIsAborted() {
        var wire = file(TEAM, Source.<List<Sealed>>failed(new IllegalStateException("it shrank")));
        wire.expect("team:group_sending:True:pic.bin").tell("confirm");
        assertThat(wire.expectAbort()).isEqualTo("it shrank");
        assertThat(delivery(wire)).isEqualTo(new Delivery.Broken("it shrank"));
    }

    @Test
    void whatFeedsABrokenLinkIsStopped() {
        var stopped = new CompletableFuture<String>();
        var endless = Source.repeat(List.of(SEALED))
                .watchTermination((unused, done) -> done.whenComplete((ok, why) -> stopped.complete("" + why)));
        var wire = file(TEAM, endless);
        wire.expect("team:group_sending:True:pic.bin")
                .tell("confirm")
                .expect(HEX)
                .tellReset();
        wire.expectAbort();
        assertThat(stopped).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void aRefusalOfOurOwnCipherIsTheReason() {
        var refusing = new Outgoing.Text(
                TEAM,
                1,
                theirs -> CompletableFuture.completedFuture(new Outgoing.Sealing.Refused("you are no member")));
        var wire = new Wire<>(kit, new SendingText(Wire.settings(), OWN, refusing));
        assertThat(wire.expectAbort()).isEqualTo("you are no member");
        assertThat(delivery(wire)).isEqualTo(new Delivery.Broken("you are no member"));
    }

    static List<List<String>> malformedAnswers() {
        return List.of(
                List.of("hello", "no public value"),
                List.of("dhk:", "a public value of 0 digits"),
                List.of("dhk:99x", "a public value with a non-digit"),
                List.of("dhk:" + "9".repeat(926), "930 bytes instead of their public value"));
    }

    @ParameterizedTest
    @MethodSource("malformedAnswers")
    void aMalformedAnswerBreaksTheLink(List<String> answerAndWhy) {
        var wire = text(ALICE, Wire.settings()).expect("dhk:" + OWN.value()).tell(answerAndWhy.getFirst());
        assertThat(delivery(wire)).isEqualTo(new Delivery.Broken(answerAndWhy.getLast()));
        wire.expectAbort();
    }

    @Test
    void aWordOutOfTurnBreaksTheLink() {
        var wire = text(TEAM, Wire.settings());
        wire.hear();
        wire.tell("ack");
        assertThat(delivery(wire)).isEqualTo(new Delivery.Broken("3 bytes instead of send_iv"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void silenceBreaksTheLink(int told) {
        var wire = text(ALICE, Limits.SHORT).expect("dhk:" + OWN.value());
        if (told > 0) wire.tell("dhk:" + THEIRS.value()).hear();
        if (told > 1) wire.tell("send_iv").hear();
        assertThat(delivery(wire))
                .isInstanceOf(Delivery.Broken.class)
                .asString()
                .contains("silent for 500 ms");
        wire.expectAbort();
    }

    private static Wire<Delivery> text(Origin from, LinkSettings settings) {
        var text = new Outgoing.Text(from, 8, theirs -> {
            assertThat(theirs.isPresent()).isEqualTo(from instanceof Origin.User);
            return CompletableFuture.completedFuture(new Outgoing.Sealing.Done(SEALED));
        });
        return new Wire<>(kit, new SendingText(settings, OWN, text));
    }

    private static Wire<Delivery> file(Origin from, Source<List<Sealed>, ?> sealed) {
        Outgoing.FileSealer sealer = (Optional<PublicValue> theirs) -> sealed;
        return new Wire<>(kit, new SendingFile(Wire.settings(), OWN, new Outgoing.File(from, "pic.bin", sealer)));
    }

    private static Delivery delivery(Wire<Delivery> wire) {
        return wire.end()
                .toCompletableFuture()
                .orTimeout(10, java.util.concurrent.TimeUnit.SECONDS)
                .join();
    }
}
