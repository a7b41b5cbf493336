package parley.messages.classic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A vertical bar in a test's input is where TCP cut, a tilde where the quiet period passed. */
class RequestFramerTest {
    @Test
    void aNewlineEndsARequest() {
        assertThat(requests("create team alice\n")).containsExactly("create team alice");
        assertThat(requests("key:team\nkey:lab\nlist\n")).containsExactly("key:team", "key:lab", "list");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "members", "exit"})
    void aWholeWordIsARequestAtOnce(String word) {
        assertThat(requests(word)).containsExactly(word);
        assertThat(requests(byteByByte(word))).containsExactly(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"list|\n", "list|\r\n", "list|\r|\n", "list|\r~|\n", "l|i|s|t|\n"})
    void theNewlineAfterAWordIsNoRequestOfItsOwn(String typed) {
        assertThat(requests(typed)).containsExactly("list");
        assertThat(requests(typed + "|key:team\n")).containsExactly("list", "key:team");
    }

    @Test
    void aWordTwiceIsTwoRequests() {
        assertThat(requests("list|list")).containsExactly("list", "list");
        assertThat(requests("list|create team alice\n")).containsExactly("list", "create team alice");
        assertThat(requests("list|create team alice~")).containsExactly("list", "create team alice");
    }

    @Test
    void quietEndsWhatHasNoMarkOfItsOwn() {
        assertThat(requests("key:team")).isEmpty();
        assertThat(requests("key:team~")).containsExactly("key:team");
        assertThat(requests("ke|y:|team~client_info:bob~")).containsExactly("key:team", "client_info:bob");
    }

    @Test
    void bytesThatComeFasterThanTheQuietPeriodAreOneRequest() {
        assertThat(requests(byteByByte("signup alice pw 10.0.0.7:1") + "~"))
                .containsExactly("signup alice pw 10.0.0.7:1");
        assertThat(requests("lis|ting~")).containsExactly("listing");
    }

    @Test
    void onceFramedOnlyANewlineEndsARequestForGood() {
        assertThat(requests("list\nlist")).containsExactly("list");
        assertThat(requests("list\nkey:team~")).containsExactly("list");
        assertThat(requests("list\nkey:te~am\n")).containsExactly("list", "key:team");
        assertThat(requests("list|\nlist~|\n")).containsExactly("list", "list");
    }

    @Test
    void anEmptyLineIsARequestToo() {
        assertThat(requests("\n")).containsExactly("");
        assertThat(requests("list\n\n")).containsExactly("list", "");
    }

    @Test
    void theLastRequestOfAClosedConnectionCountsUnlessItWasCutOff() {
        var unframed = new RequestFramer();
        assertThat(unframed.last()).isNull();
        unframed.add(ByteString.fromString("key:team"));
        assertThat(unframed.next()).isNull();
        assertThat(unframed.last()).isEqualTo(ByteString.fromString("key:team"));
        assertThat(unframed.last()).isNull();

        var framed = new RequestFramer();
        framed.add(ByteString.fromString("list\nsignup alice pw 10.0.0.7:412"));
        assertThat(framed.next()).isEqualTo(ByteString.fromString("list"));
        assertThat(framed.next()).isNull();
        assertThat(framed.last()).isNull();
    }

    @Test
    void theLongestRequestFitsAndOneByteMoreIsTooLong() {
        var longest = "x".repeat(RequestFramer.REQUEST_BYTES_MAX);
        assertThat(requests(longest + "\n")).containsExactly(longest);
        assertThat(requests(longest + "~")).containsExactly(longest);
        for (var excess : List.of(longest + "x", longest + "x\n", longest + "x\nlist\n")) {
            var framer = new RequestFramer();
            framer.add(ByteString.fromString("list\n" + excess));
            assertThat(framer.tooLong()).isFalse();
            assertThat(framer.next()).isEqualTo(ByteString.fromString("list"));
            assertThat(framer.tooLong()).isTrue();
            assertThat(framer.next())
                    .as("nothing follows a request that has no end")
                    .isNull();
        }
    }

    @Test
    void framedRequestsArriveHoweverTcpCutsThem() {
        var seeded = new Seeded();
        for (int round = 0; round < 200; round++) {
            var sent = Stream.generate(seeded::request).limit(20).toList();
            // The newline in front makes the connection a framed one: an unframed word may end before its line does.
            var bytes = sent.stream().map(RequestCodec::encode).reduce(ByteString.fromString("\n"), ByteString::concat);
            var framer = new RequestFramer();
            var read = new ArrayList<ByteString>();
            for (var piece : seeded.cut(bytes, seeded.random.nextInt(1, 60))) {
                framer.add(piece);
                for (var next = framer.next(); next != null; next = framer.next()) read.add(next);
                assertThat(framer.tooLong()).isFalse();
                assertThat(framer.awaitsQuiet()).as(seeded.shown()).isFalse();
            }
            assertThat(read.stream().skip(1).map(RequestCodec::decode))
                    .as(seeded.shown())
                    .isEqualTo(sent);
        }
    }

    @Test
    void aClassicRequestIsOneWhereverItIsCut() {
        var seeded = new Seeded();
        for (int round = 0; round < 200; round++) {
            var request = seeded.request();
            var bytes = RequestCodec.encode(request).dropRight(1);
            IntStream.range(0, bytes.size()).forEach(at -> {
                var framer = new RequestFramer();
                var first = bytes.take(at);
                framer.add(first);
                if (framer.next() == null) framer.add(bytes.drop(at));
                var whole = framer.next();
                if (whole == null) {
                    assertThat(framer.awaitsQuiet()).isTrue();
                    whole = framer.quiet();
                }
                assertThat(RequestCodec.decode(whole)).as(seeded.shown()).isEqualTo(request);
            });
        }
    }

    private static String byteByByte(String text) {
        return text.chars().mapToObj(Character::toString).collect(Collectors.joining("|"));
    }

    private static List<String> requests(String script) {
        var framer = new RequestFramer();
        var read = new ArrayList<String>();
        for (var part : script.split("(?<=[~|])|(?=[~|])", -1)) {
            switch (part) {
                case "|" -> {}
                case "~" -> {
                    if (framer.awaitsQuiet()) read.add(framer.quiet().utf8String());
                }
                default -> framer.add(ByteString.fromString(part));
            }
            for (var next = framer.next(); next != null; next = framer.next()) read.add(next.utf8String());
        }
        return read;
    }
}
