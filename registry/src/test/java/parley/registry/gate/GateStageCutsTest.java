package parley.registry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messages.classic.Reply;
import parley.messages.classic.ReplyCodec;
import parley.messages.classic.Request;
import parley.messages.classic.RequestCodec;

/** Whatever TCP does to the bytes of a request, it is one request and has one answer. */
class GateStageCutsTest {
    static final ActorTestKit kit = ActorTestKit.create(Limits.TESTKIT);

    /** Long after the quiet period. */
    static final Duration LATER = Duration.ofMillis(400);

    static final List<String> REQUESTS = List.of(
            "signup alice secret 10.0.0.7:41233",
            "list",
            "members",
            "create team alice",
            "join team alice",
            "key:team",
            "client_info:bob",
            "group_info:team:alice",
            "what?");

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void aRequestCutInTwoAnywhereHasOneAnswer(String end) {
        Map<String, CompletionStage<List<ByteString>>> answers = new LinkedHashMap<>();
        for (var request : REQUESTS) {
            var bytes = request + end;
            for (int cut = 1; cut < bytes.length(); cut++) {
                var pieces = List.of(bytes.substring(0, cut), bytes.substring(cut));
                answers.put(request + " cut at " + cut, send(pieces));
            }
        }
        answers.forEach((what, replies) -> assertThat(replies)
                .as(what)
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo(List.of(echoOf(what.substring(0, what.indexOf(" cut "))))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void aRequestThatComesByteByByteHasOneAnswer(String end) {
        Map<String, CompletionStage<List<ByteString>>> answers = new LinkedHashMap<>();
        for (var request : REQUESTS) {
            answers.put(
                    request,
                    send((request + end).chars().mapToObj(Character::toString).toList()));
        }
        answers.forEach((request, replies) -> assertThat(replies)
                .as(request)
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo(List.of(echoOf(request))));
    }

    @Test
    void pipelinedLinesHaveTheirAnswersInOrderHoweverTheyAreCut() {
        long seed = Long.getLong("seed", System.nanoTime()); // run again with -Dseed=
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var lines = IntStream.range(0, 2_000)
                .mapToObj(i -> random.nextInt(3) == 0 ? "list" : "client_info:user" + random.nextInt(1_000))
                .toList();
        var text = String.join("\n", lines) + "\n";
        var pieces = new ArrayList<String>();
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(300));
            pieces.add(text.substring(at, end));
            at = end;
        }
        assertThat(send(pieces))
                .as("seed %d", seed)
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo(lines.stream().map(GateStageCutsTest::echoOf).toList());
    }

    @Test
    void whatAClientSentBeforeItClosedItsSideIsAnswered() {
        assertThat(sendAndClose("client_info:bob"))
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo(List.of(echoOf("client_info:bob")));
    }

    @Test
    void aFramedLineWithoutItsNewlineWasCutOffAndIsNotAnswered() {
        assertThat(sendAndClose("list\njoin team alice"))
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo(List.of(echoOf("list")));
    }

    @Test
    void nothingIsAnsweredToNothing() {
        assertThat(send(List.of())).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(List.of());
    }

    /** Sends the pieces, closes this side a little later, and collects all answers until the other side closes. */
    private static CompletionStage<List<ByteString>> send(List<String> pieces) {
        return answers(Source.from(pieces).concat(Source.<String>never().takeWithin(LATER)));
    }

    private static CompletionStage<List<ByteString>> sendAndClose(String text) {
        return answers(Source.single(text));
    }

    private static CompletionStage<List<ByteString>> answers(Source<String, NotUsed> pieces) {
        var limits = Limits.DEFAULTS;
        var visit = Limits.door(limits).admit(InetAddress.getLoopbackAddress()).orElseThrow();
        return pieces.map(ByteString::fromString)
                .via(Flow.fromGraph(new GateStage(new EchoDesk(), limits, visit)))
                .runWith(Sink.seq(), kit.system());
    }

    private static ByteString echoOf(String request) {
        var decoded = RequestCodec.decode(ByteString.fromString(request));
        return ReplyCodec.encode(
                switch (decoded) {
                    case Request.Unreadable(var why) -> new Reply.Refused(why);
                    case Request.WhereIs(var user) ->
                        new Reply.At(EchoDesk.at(user).address());
                    default -> EchoDesk.echo(decoded, null);
                });
    }
}
