package parley.messages.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.UserName;

class ReplyCodecTest {
    private static final UserName ALICE = new UserName("alice");
    private static final GroupName TEAM = new GroupName("team");
    private static final Address HOME = new Address("10.0.0.7", 41_233);
    private static final Request LIST = new Request.ListGroups();
    private static final Request MEMBERS = new Request.Members();
    private static final Request WHERE_IS = new Request.WhereIs(ALICE);
    private static final Request WHERE_ARE = new Request.WhereAre(TEAM, ALICE);
    private static final Request KEY_OF = new Request.KeyOf(TEAM);
    private static final Request SIGN_UP = new Request.SignUp(ALICE, new Password("pw"), HOME);

    @Test
    void everyReplyIsTheOneInThePicture() {
        assertThat(written(new Reply.Done("Signup successful"))).isEqualTo("Signup successful");
        assertThat(written(new Reply.Groups(List.of(size("team", 2), size("lab", 7)))))
                .isEqualTo("team:2,lab:7");
        assertThat(written(new Reply.At(HOME))).isEqualTo("10.0.0.7:41233");
        assertThat(written(new Reply.Peers(List.of(HOME, Address.parse("10.0.0.9:5000")))))
                .isEqualTo("10.0.0.7:41233;10.0.0.9:5000");
        assertThat(written(new Reply.Members(List.of(group("team", "alice", "bob"), group("lab", "carol")))))
                .isEqualTo("team:[alice,bob],lab:[carol]");
        assertThat(written(new Reply.Refused("No such group"))).isEqualTo("Error:No such group");
        var key = new Seeded().bytes(GroupKey.BYTES);
        assertThat(ReplyCodec.encode(new Reply.Key(new GroupKey(key)))).isEqualTo(key);
    }

    @Test
    void whatIsWrittenIsReadBackByWhatWasAsked() {
        var seeded = new Seeded();
        for (int i = 0; i < 2_000; i++) {
            var asked = seeded.request();
            if (asked instanceof Request.Exit) continue;
            var reply = seeded.random.nextInt(5) == 0 ? new Reply.Refused("Grüße, no") : seeded.replyTo(asked);
            assertThat(ReplyCodec.decode(asked, ReplyCodec.encode(reply)))
                    .as(seeded.shown())
                    .isEqualTo(reply);
        }
    }

    @Test
    void anErrorHasNoFurtherColon() {
        assertThat(written(new Reply.Refused("try 10.0.0.7:80"))).isEqualTo("Error:try 10.0.0.7 80");
    }

    /** A key says nothing of itself but its size. */
    @Test
    void anErrorIsNeverTakenForAKey() {
        IntStream.range(0, 60)
                .mapToObj("x"::repeat)
                .forEach(why -> assertThat(ReplyCodec.decode(KEY_OF, ReplyCodec.encode(new Reply.Refused(why))))
                        .isEqualTo(new Reply.Refused(why)));
        // From a registry that is not ours: a key begins like that once in 2^48.
        var asLongAsAKey = ByteString.fromString("Error:you are not inside");
        assertThat(asLongAsAKey.size()).isEqualTo(GroupKey.BYTES);
        assertThat(ReplyCodec.decode(KEY_OF, asLongAsAKey)).isEqualTo(new Reply.Refused("you are not inside"));
    }

    @Test
    void noReplyIsLongerThanAClassicClientReads() {
        for (int count : new int[] {1, 2, 100, 1_000}) {
            var sizes = IntStream.range(0, count)
                    .mapToObj(i -> size("group-%d".formatted(i), i))
                    .toList();
            var groups = (Reply.Groups) cutAndRead(LIST, new Reply.Groups(sizes), 16);
            assertThat(sizes).startsWith(groups.sizes().toArray(Reply.Groups.Size[]::new));

            var addresses = IntStream.range(0, count)
                    .mapToObj(i -> new Address("10.0.0.7", 10_000 + i))
                    .toList();
            var peers = (Reply.Peers) cutAndRead(WHERE_ARE, new Reply.Peers(addresses), 16);
            assertThat(addresses).startsWith(peers.addresses().toArray(Address[]::new));
        }
    }

    @Test
    void anEntryThatFitsExactlyIsNotCut() {
        // 64 entries of 16 bytes with their separators, less the last separator: 1023 bytes.
        var addresses = IntStream.range(0, 65)
                .mapToObj(i -> new Address("10.0.0.7", 100_00 + i))
                .toList();
        assertThat("10.0.0.7:10000;").hasSize(15);
        assertThat(ReplyCodec.encode(new Reply.Peers(addresses.subList(0, 65))).size())
                .isEqualTo(65 * 15 - 1);
        var exact = IntStream.range(0, 64)
                .mapToObj(i -> new Address("10.0.10.7", 100_00 + i))
                .toList();
        assertThat(ReplyCodec.encode(new Reply.Peers(exact)).size()).isEqualTo(1_023);
        var oneMore = new java.util.ArrayList<>(exact);
        oneMore.set(0, new Address("10.0.10.77", 100_00));
        assertThat(ReplyCodec.encode(new Reply.Peers(oneMore)).size()).isEqualTo(1_024);
        oneMore.set(0, new Address("10.0.100.77", 100_00));
        assertThat(ReplyCodec.encode(new Reply.Peers(oneMore)).size()).isEqualTo(1_024 - 15);
    }

    @Test
    void membersAreCutAfterTheLastWholeOneAndNoGroupFollows() {
        var names = IntStream.range(0, 100)
                .mapToObj(i -> "someone-with-a-name-%03d".formatted(i))
                .toArray(String[]::new);
        var reply = new Reply.Members(List.of(group("team", names), group("x", "y")));
        var read = (Reply.Members) cutAndRead(MEMBERS, reply, names[0].length() + 2);
        assertThat(read.groups()).hasSize(1);
        assertThat(reply.groups().getFirst().members())
                .startsWith(read.groups().getFirst().members().toArray(UserName[]::new));
    }

    @Test
    void aGroupOfWhichNotOneMemberFitsIsLeftOut() {
        var seeded = new Seeded();
        for (int i = 0; i < 2_000; i++) {
            var groups = IntStream.range(0, 60)
                    .mapToObj(g -> new Reply.Members.Group(seeded.group(), List.of(seeded.user())))
                    .toList();
            var read = (Reply.Members) cutAndRead(MEMBERS, new Reply.Members(groups), 68);
            assertThat(groups).as(seeded.shown()).startsWith(read.groups().toArray(Reply.Members.Group[]::new));
        }
    }

    @Test
    void aLongTextIsCutBetweenCharacters() {
        for (var character : new String[] {"x", "é", "€", "😀"}) {
            var text = written(new Reply.Done("abc" + character.repeat(2_000)));
            assertThat(text).endsWith(character).doesNotContain("\ufffd");
            assertThat(ByteString.fromString(text).size()).isBetween(1_021, 1_024);
            assertThat(ReplyCodec.encode(new Reply.Refused(character.repeat(2_000)))
                            .size())
                    .isBetween(1_021, 1_024);
        }
    }

    @Test
    void anEmptyAnswerCannotBeMade() {
        assertThatThrownBy(() -> new Reply.Groups(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Reply.Peers(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Reply.Members(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> group("team")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAnswerThatDoesNotFitTheRequestIsMalformed() {
        refuses(
                LIST,
                "",
                "team",
                "team:",
                ":2",
                "team:2,",
                "team:-2",
                "team:+2",
                "team:٣",
                "team:99999999999",
                "te am:2");
        refuses(MEMBERS, "", "team", "team:", "team:[", "team:[]", "team:[a", "team:[a]]", "team:[a],", ",team:[a]");
        refuses(
                MEMBERS,
                "team:[a]x:[b]",
                "team:[a],x",
                "junk,team:[a]",
                "team:[a]junk",
                "team:[a,]",
                "te:am:[a]",
                ":[a]");
        refuses(WHERE_IS, "", "10.0.0.7", "10.0.0.7:80;10.0.0.9:80", "evil.example:80");
        refuses(WHERE_ARE, "", ";", "10.0.0.7:80;", "10.0.0.7:80,10.0.0.9:80");
        refuses(KEY_OF, "", "x".repeat(23), "x".repeat(25));
        refuses(new Request.Exit(), "bye");
        refuses(new Request.Unreadable("x"), "ok");
    }

    @Test
    void anyTextAnswersWhatOnlyWantsToBeDone() {
        assertThat(ReplyCodec.decode(SIGN_UP, ByteString.fromString("welcome: have fun\r\n")))
                .isEqualTo(new Reply.Done("welcome: have fun"));
        assertThat(ReplyCodec.decode(SIGN_UP, ByteString.fromString("Error: taken")))
                .isEqualTo(new Reply.Refused("taken"));
    }

    private static Reply cutAndRead(Request asked, Reply reply, int entryMax) {
        var bytes = ReplyCodec.encode(reply);
        assertThat(bytes.size()).isLessThanOrEqualTo(ReplyCodec.REPLY_BYTES_MAX);
        var read = ReplyCodec.decode(asked, bytes);
        if (!read.equals(reply)) assertThat(bytes.size()).isGreaterThan(ReplyCodec.REPLY_BYTES_MAX - entryMax);
        return read;
    }

    private static void refuses(Request asked, String... lines) {
        for (var line : lines) {
            assertThatThrownBy(() -> ReplyCodec.decode(asked, ByteString.fromString(line)))
                    .as("%s to %s", line, asked)
                    .isInstanceOf(MalformedMessage.class);
        }
    }

    private static String written(Reply reply) {
        return ReplyCodec.encode(reply).utf8String();
    }

    private static Reply.Groups.Size size(String group, int members) {
        return new Reply.Groups.Size(new GroupName(group), members);
    }

    private static Reply.Members.Group group(String name, String... members) {
        return new Reply.Members.Group(
                new GroupName(name),
                java.util.Arrays.stream(members).map(UserName::new).toList());
    }
}
