package parley.messages.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messages.group.EntryCodec;
import parley.messages.group.EntryRow;
import parley.messages.identity.RegistryId;
import parley.messages.name.GroupName;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;

class DirectoryCodecTest {
    private static final int ROUNDS = 2_000;
    private static final Tag T1 = new Tag("t1");
    private static final UserName ALICE = new UserName("alice");
    private static final UserName BOB = new UserName("bob");
    private static final GroupName TEAM = new GroupName("team");

    private final Seeded seeded = new Seeded();

    @Test
    void linesLookAsInTheProtocol() {
        assertThat(line(new Request.SignIn(ALICE, Optional.of(PeerAddress.parse("[::1]:7000")))))
                .isEqualTo("t1 signin alice [::1]:7000\n");
        assertThat(line(new Request.SignIn(ALICE, Optional.empty()))).isEqualTo("t1 signin alice -\n");
        assertThat(line(new Request.Allow(new TreeSet<>(List.of(BOB, ALICE))))).isEqualTo("t1 allow alice,bob\n");
        assertThat(line(new Request.Watch(new TreeSet<>()))).isEqualTo("t1 watch -\n");
        assertThat(line(new Request.Deposit(BOB, bytes(0xfb, 0xff)))).isEqualTo("t1 deposit bob -_8\n");
        assertThat(line(new Request.Ack(List.of(3L, 4L)))).isEqualTo("t1 ack 3,4\n");
        assertThat(line(new Request.LogOf(TEAM, 7))).isEqualTo("t1 log team 7\n");
        assertThat(line(new Request.ListGroups(Optional.empty()))).isEqualTo("t1 list\n");
        assertThat(line(new Request.ListGroups(Optional.of(new GroupName("-")))))
                .isEqualTo("t1 list -\n");
        assertThat(ReplyCodec.encode(T1, new Reply.Done()).utf8String()).isEqualTo("t1 ok\n");
        assertThat(reply(new Reply.Appended(8))).isEqualTo("t1 ok 8\n");
        assertThat(reply(new Reply.Log(8, List.of()))).isEqualTo("t1 ok 8 -\n");
        assertThat(reply(new Reply.Groups(List.of()))).isEqualTo("t1 ok -\n");
        assertThat(reply(new Reply.Groups(
                        List.of(new Reply.Listed(new GroupName("-"), 1), new Reply.Listed(TEAM, 256)))))
                .isEqualTo("t1 ok -:1,team:256\n");
        assertThat(reply(new Reply.Refused(Code.GROUP, "NOT_AN_ADMIN"))).isEqualTo("t1 Error:group NOT_AN_ADMIN\n");
        assertThat(ReplyCodec.encode(T1, new Reply.Prekeys(Optional.empty())).utf8String())
                .isEqualTo("t1 ok -\n");
        assertThat(ReplyCodec.encode(Tag.NONE, new Reply.Refused(Code.SYNTAX, "no"))
                        .utf8String())
                .isEqualTo("- Error:syntax no\n");
        assertThat(PushCodec.encode(new Push.Hello(new RegistryId(bytes(new int[16])), SignUp.INVITE))
                        .utf8String())
                .isEqualTo("* hello parley/1 AAAAAAAAAAAAAAAAAAAAAA invite\n");
        assertThat(PushCodec.encode(new Push.Envelope(7, BOB, 8, bytes(0))).utf8String())
                .isEqualTo("* envelope 7 bob 8 AA\n");
    }

    @Test
    void everyRequestComesBackAsItWasSent() {
        for (int i = 0; i < ROUNDS; i++) {
            var asked = new Asked(seeded.tag(), seeded.request());
            assertThat(RequestCodec.decode(withoutLineFeed(RequestCodec.encode(asked.tag(), asked.request()))))
                    .as(seeded.shown())
                    .isEqualTo(asked);
        }
    }

    @Test
    void everyAnswerComesBackAsItWasSent() {
        for (int i = 0; i < ROUNDS; i++) {
            var asked = seeded.request();
            var answer = new FromRegistry.Answer(seeded.tag(), seeded.replyTo(asked));
            var line = withoutLineFeed(ReplyCodec.encode(answer.tag(), answer.reply()));
            assertThat(ReplyCodec.decode(line, tag -> Optional.of(asked).filter(a -> tag.equals(answer.tag()))))
                    .as(seeded.shown())
                    .isEqualTo(answer);
        }
    }

    @Test
    void everyPushComesBackAsItWasSent() {
        for (int i = 0; i < ROUNDS; i++) {
            var push = seeded.push();
            assertThat(ReplyCodec.decode(withoutLineFeed(PushCodec.encode(push)), tag -> Optional.empty()))
                    .as(seeded.shown())
                    .isEqualTo(new FromRegistry.Pushed(push));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "t1|t1|syntax", // no verb
                "t1 EXIT|t1|verb",
                "t1 signon alice|t1|verb",
                "t1 exit |t1|syntax", // a blank too many
                "t1  exit|t1|syntax",
                " t1 exit|-|syntax",
                "T1 exit|-|syntax",
                "- exit|-|syntax", // the tag of those that have none
                "* exit|-|syntax",
                "abcdefghijklmnopq exit|-|syntax", // seventeen characters
                "t1 exit now|t1|syntax",
                "t1 client_info Alice|t1|syntax", // upper case
                "t1 client_info|t1|syntax",
                "t1 collect 01|t1|syntax",
                "t1 collect -1|t1|syntax",
                "t1 collect +1|t1|syntax",
                "t1 collect 9223372036854775808|t1|syntax",
                "t1 chain alice 2147483648|t1|syntax",
                "t1 ack 1,,2|t1|syntax",
                "t1 ack -|t1|syntax",
                "t1 allow alice,|t1|syntax",
                "t1 deposit bob AA==|t1|syntax", // padding
                "t1 deposit bob AB|t1|syntax", // bits that mean nothing
                "t1 deposit bob AAB|t1|syntax",
                "t1 deposit bob A|t1|syntax",
                "t1 deposit bob A+==|t1|syntax",
                "t1 deposit bob +/|t1|syntax", // the other alphabet
                "t1 deposit bob -|t1|syntax", // nothing
                "t1 signin alice localhost:7000|t1|syntax",
                "t1 signin alice 127.0.0.1|t1|syntax",
                "t1 signup alice -|t1|syntax", // no statements
                "t1 signup alice AAE_|t1|syntax",
                "t1 publish -|t1|syntax",
                "t1 pairs AAAA|t1|syntax",
                "t1 create team|t1|syntax",
                "t1 create team -|t1|syntax", // no entry
                "t1 create Team AAAA|t1|syntax",
                "t1 append team AAAA|t1|syntax",
                "t1 log team|t1|syntax",
                "t1 log Team 0|t1|syntax",
                "t1 log team -1|t1|syntax",
                "t1 list Team|t1|syntax",
                "t1 list a b|t1|syntax",
                "t1 list |t1|syntax"
            })
    void whatCannotBeReadIsRefusedWithTheTagIfItHasOne(String line, String tag, String code) {
        var asked = RequestCodec.decode(ByteString.fromString(line));
        assertThat(asked.tag().text()).isEqualTo(tag);
        assertThat(asked.request())
                .isInstanceOfSatisfying(
                        Request.Unreadable.class,
                        refused -> assertThat(refused.code().word()).isEqualTo(code));
    }

    @Test
    void whatIsNoUtf8IsRefused() {
        var line = ByteString.fromString("t1 client_info ").concat(bytes(0xc3, 0x28));
        assertThat(RequestCodec.decode(line))
                .isEqualTo(new Asked(Tag.NONE, new Request.Unreadable(Code.SYNTAX, "expected UTF-8")));
    }

    @Test
    void onlyARevocationRevokes() {
        var published = RequestCodec.encode(T1, new Request.Publish(List.of(someStatement())));
        var row = published.utf8String().split(" ")[2].strip();
        assertThat(RequestCodec.decode(ByteString.fromString("t1 revoke alice " + row))
                        .request())
                .isEqualTo(new Request.Unreadable(Code.SYNTAX, "expected one statement that revokes"));
    }

    @Test
    void anEnvelopeAsLargeAsTheyGetFitsALineAndALargerOneIsRefused() {
        var largest = new Request.Deposit(BOB, seeded.bytes(Limits.ENVELOPE_BYTES_MAX));
        assertThat(RequestCodec.decode(withoutLineFeed(RequestCodec.encode(T1, largest)))
                        .request())
                .isEqualTo(largest);
        var larger = new Request.Deposit(BOB, seeded.bytes(Limits.ENVELOPE_BYTES_MAX + 1));
        assertThat(RequestCodec.decode(withoutLineFeed(RequestCodec.encode(T1, larger)))
                        .request())
                .isInstanceOf(Request.Unreadable.class);
    }

    @Test
    void aListTakesAThousandNamesAndNoMore() {
        var names = IntStream.range(0, Limits.LIST_MAX + 1)
                .mapToObj(i -> new UserName("n" + i))
                .toList();
        var most = new Request.Watch(new TreeSet<>(names.subList(0, Limits.LIST_MAX)));
        assertThat(RequestCodec.decode(withoutLineFeed(RequestCodec.encode(T1, most)))
                        .request())
                .isEqualTo(most);
        assertThat(RequestCodec.decode(
                                withoutLineFeed(RequestCodec.encode(T1, new Request.Watch(new TreeSet<>(names)))))
                        .request())
                .isEqualTo(new Request.Unreadable(Code.SYNTAX, "expected at most 1000 names"));
    }

    @Test
    void aLogIsHandedOutInRowsThatFitALine() {
        var entries = Stream.generate(seeded::entry).limit(2_000).toList();
        var row = EntryRow.fitting(entries, Limits.ROW_BYTES_MAX);
        assertThat(row).hasSizeGreaterThan(Limits.ROW_BYTES_MAX / (2 + EntryCodec.BYTES_MAX) - 1);
        var line = ReplyCodec.encode(T1, new Reply.Log(Integer.MAX_VALUE, row));
        assertThat(ReplyCodec.decode(withoutLineFeed(line), tag -> Optional.of(new Request.LogOf(TEAM, 0))))
                .isEqualTo(new FromRegistry.Answer(T1, new Reply.Log(Integer.MAX_VALUE, row)));
    }

    @Test
    void aListTakesAThousandGroupsAndNoMore() {
        var groups = IntStream.range(0, Limits.LIST_MAX + 1)
                .mapToObj(i -> new Reply.Listed(new GroupName("n".repeat(28) + (1_000 + i)), 256))
                .toList();
        var most = new Reply.Groups(groups.subList(0, Limits.LIST_MAX));
        assertThat(list(most)).isEqualTo(new FromRegistry.Answer(T1, most));
        assertThatThrownBy(() -> list(new Reply.Groups(groups))).isInstanceOf(MalformedLine.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"t1 ok", "t1 ok team", "t1 ok team:", "t1 ok :3", "t1 ok Team:3", "t1 ok a:1,", "t1 ok a:-1"})
    void aListOfAnythingElseIsRefused(String line) {
        assertThatThrownBy(() -> ReplyCodec.decode(
                        ByteString.fromString(line), tag -> Optional.of(new Request.ListGroups(Optional.empty()))))
                .isInstanceOf(MalformedLine.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t1 ok 7", // nothing was promised
                "t1 yes",
                "t1 Error:nonsense text",
                "t1",
                "* hello parley/2 AAAAAAAAAAAAAAAAAAAAAA open",
                "* hello parley/1 AAAAAAAAAAAAAAAAAAAAAA maybe",
                "* hello parley/1 AAAA open",
                "* goodbye",
                "* envelope 7 bob 8 -",
                "* superseded by bob"
            })
    void aPeerRefusesWhatNoRegistrySays(String line) {
        assertThatThrownBy(() -> ReplyCodec.decode(ByteString.fromString(line), tag -> Optional.of(new Request.Exit())))
                .isInstanceOf(MalformedLine.class);
    }

    @Test
    void aPeerRefusesAnAnswerToWhatItNeverAsked() {
        assertThatThrownBy(() -> ReplyCodec.decode(ByteString.fromString("t9 ok"), tag -> Optional.empty()))
                .isInstanceOf(MalformedLine.class);
    }

    @Test
    void anErrorIsMadeSafeToShowOnBothSides() {
        var evil = "\u001b[2Jno\nt2 ok \u202e" + "x".repeat(1_000);
        var line = ReplyCodec.encode(T1, new Reply.Refused(Code.BUSY, evil));
        assertThat(line.utf8String())
                .startsWith("t1 Error:busy [2Jno t2 ok xxx")
                .hasSizeLessThan(600);
        var read = ReplyCodec.decode(ByteString.fromString("t1 Error:busy \u001b[2Jno"), tag -> Optional.empty());
        assertThat(read).isEqualTo(new FromRegistry.Answer(T1, new Reply.Refused(Code.BUSY, "[2Jno")));
    }

    @Test
    void anInvitationPrintsRedacted() {
        var request = new Request.SignUp(ALICE, List.of(someStatement()), Optional.of(new Invite("geheim")));
        assertThat(request.toString()).doesNotContain("geheim").contains("redacted");
    }

    private parley.messages.identity.Statement someStatement() {
        return Stream.generate(seeded::statement)
                .filter(statement -> !(statement.claim() instanceof parley.messages.identity.Claim.Revoke))
                .findFirst()
                .orElseThrow();
    }

    private static FromRegistry list(Reply.Groups groups) {
        return ReplyCodec.decode(
                withoutLineFeed(ReplyCodec.encode(T1, groups)),
                tag -> Optional.of(new Request.ListGroups(Optional.empty())));
    }

    private static String reply(Reply reply) {
        return ReplyCodec.encode(T1, reply).utf8String();
    }

    private static String line(Request request) {
        return RequestCodec.encode(T1, request).utf8String();
    }

    private static ByteString withoutLineFeed(ByteString line) {
        return line.dropRight(1);
    }

    private static ByteString bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) bytes[i] = (byte) values[i];
        return ByteString.fromArray(bytes);
    }
}
