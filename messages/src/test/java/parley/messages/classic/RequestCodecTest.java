package parley.messages.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.UserName;

class RequestCodecTest {
    private static final UserName ALICE = new UserName("alice");
    private static final GroupName TEAM = new GroupName("team");
    private static final Address HOME = new Address("10.0.0.7", 41_233);

    private static final Map<String, Request> EVERY_REQUEST = Map.of(
            "signup alice s3Cret:x 10.0.0.7:41233", new Request.SignUp(ALICE, new Password("s3Cret:x"), HOME),
            "signin alice s3Cret:x 10.0.0.7:41233", new Request.SignIn(ALICE, new Password("s3Cret:x"), HOME),
            "list", new Request.ListGroups(),
            "create team alice", new Request.Create(TEAM, ALICE),
            "join team alice", new Request.Join(TEAM, ALICE),
            "key:team", new Request.KeyOf(TEAM),
            "client_info:alice", new Request.WhereIs(ALICE),
            "group_info:team:alice", new Request.WhereAre(TEAM, ALICE),
            "members", new Request.Members(),
            "exit", new Request.Exit());

    @Test
    void everyRequestIsReadAsClassicClientsSendIt() {
        EVERY_REQUEST.forEach((line, request) -> assertThat(decode(line)).isEqualTo(request));
    }

    @Test
    void everyRequestIsWrittenTheSameAndEndedByANewline() {
        EVERY_REQUEST.forEach((line, request) ->
                assertThat(RequestCodec.encode(request).utf8String()).isEqualTo(line + "\n"));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        var seeded = new Seeded();
        for (int i = 0; i < 2_000; i++) {
            var request = seeded.request();
            var bytes = RequestCodec.encode(request);
            assertThat(RequestCodec.decode(bytes)).as(seeded.shown()).isEqualTo(request);
            assertThat(bytes.size()).as(seeded.shown()).isLessThan(500);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"list\n", "list\r\n", " list ", "list  "})
    void blanksAroundARequestAreNotPartOfIt(String line) {
        assertThat(decode(line)).isEqualTo(new Request.ListGroups());
    }

    @Test
    void namesOfSignUpArriveInAnyCase() {
        assertThat(decode("signup ALICE pw 10.0.0.7:1")).isEqualTo(decode("signup alice pw 10.0.0.7:1"));
        assertThat(decode("signup alice PW 10.0.0.7:1")).isNotEqualTo(decode("signup alice pw 10.0.0.7:1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r",
                "help",
                "list all",
                "members of team",
                "exit now",
                "LIST",
                "group_info:team",
                "GET / HTTP/1.1"
            })
    void anythingElseIsAnInvalidCommand(String line) {
        assertThat(decode(line)).isEqualTo(new Request.Unreadable("Invalid command"));
    }

    @Test
    void aRequestThatLacksSomethingSaysWhatWasExpected() {
        refuses("signup", "Expected signup NAME PASSWORD IP and port");
        refuses("signup alice my secret 10.0.0.7:1", "Expected signup NAME PASSWORD IP and port");
        refuses("signin alice pw", "Expected signin NAME PASSWORD IP and port");
        refuses("create team", "Expected create GROUP NAME");
        refuses("join team alice bob", "Expected join GROUP NAME");
        refuses("signup al!ce pw 10.0.0.7:1", "Bad user name, expected 1 to 32 of a-z 0-9 _ . -");
        refuses("create te/am alice", "Bad group name, expected 1 to 32 of a-z 0-9 _ . -");
        refuses("key:", "Bad group name, expected 1 to 32 of a-z 0-9 _ . -");
        refuses("client_info:", "Bad user name, expected 1 to 32 of a-z 0-9 _ . -");
        refuses("group_info:team:alice:bob", "Bad user name, expected 1 to 32 of a-z 0-9 _ . -");
        refuses("signin alice p\tw 10.0.0.7:1", "Bad password, expected one without blanks");
        refuses(
                "signup alice pw localhost:1",
                "Bad address, expected an IPv4 address, a colon and a port of 1 to 65535");
    }

    /** Latin-1 passwords would all decode to the same replacement sign and open each other's accounts. */
    @Test
    void whatIsNotUtf8IsRefused() {
        var latin = ByteString.fromArray("signup alice p\u00e4ss 10.0.0.7:1".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(RequestCodec.decode(latin)).isEqualTo(new Request.Unreadable("Expected UTF-8"));
    }

    @Test
    void noReasonHasAColonOrRepeatsWhatWasSent() {
        var seeded = new Seeded();
        for (int i = 0; i < 2_000; i++) {
            var bytes = seeded.bytes(seeded.random.nextInt(60));
            if (RequestCodec.decode(
                            ByteString.fromString("signup canary canary ").concat(bytes))
                    instanceof Request.Unreadable(var why)) {
                assertThat(why).as(seeded.shown()).doesNotContain(":", "canary");
            }
        }
    }

    @Test
    void anUnreadableRequestCannotBeSent() {
        assertThatThrownBy(() -> RequestCodec.encode(new Request.Unreadable("x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void refuses(String line, String why) {
        assertThat(decode(line)).as(line).isEqualTo(new Request.Unreadable(why));
    }

    private static Request decode(String line) {
        return RequestCodec.decode(ByteString.fromString(line));
    }
}
