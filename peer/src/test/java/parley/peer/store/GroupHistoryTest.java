package parley.peer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.field.MalformedFields;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;

/** Texts of groups among those of contacts, to the byte, and what an older program wrote before them. */
class GroupHistoryTest {
    private static final UserName BOB = new UserName("bob");
    private static final UserName CAROL = new UserName("carol");
    private static final GroupName TEAM = new GroupName("team");
    private static final GroupName BOBS_NAMESAKE = new GroupName("bob");

    private static final String OLD_PAGE = "010000000000000001" + "02"
            + "01" + "03626f62" + "11".repeat(16) + "0000000000000005" + "00000000000003e8" + "00000000000007d0"
            + "00000005" + "68656c6c6f"
            + "00" + "056361726f6c" + "22".repeat(16) + "0000000000000006" + "00000000000003e8" + "00000000000007d0"
            + "00000002" + "6869";
    private static final String IN_TEAM = "03" + "05616c696365" + "047465616d" + "33".repeat(16) + "0000000000000001"
            + "00000000000003e8" + "00000000000007d0" + "00000003" + "616c6c";
    private static final String FILE_IN_TEAM = "06" + "03626f62" + "047465616d" + "0000000000000007" + "0430306666"
            + "0a746578742f706c61696e" + "0008" + "2f642f612e747874" + "44".repeat(16) + "0000000000000000"
            + "00000000000003e8" + "00000000000007d0" + "00000005" + "612e747874";

    private final Disk disk = Disk.inMemory();

    @Test
    void aPageIsWrittenToTheByte() {
        var page = Page.empty(9).with(Page.encode(inTeam("alice", true, "33", "all")));
        assertThat(hex(page.encode())).isEqualTo("030000000000000009" + "01" + IN_TEAM);
        assertThat(Page.entry(Page.decode(page.encode()).entries().getFirst()))
                .isEqualTo(inTeam("alice", true, "33", "all"));
    }

    @Test
    void anOlderPageIsReadAndGoesOnAsANewOne() {
        var old = Page.decode(bytes(OLD_PAGE));
        assertThat(old.entries().stream().map(Page::entry))
                .containsExactly(
                        new HistoryEntry(BOB, Optional.empty(), true, id("11"), 5, 1_000, 2_000, "hello"),
                        new HistoryEntry(CAROL, Optional.empty(), false, id("22"), 6, 1_000, 2_000, "hi"));
        var longer = old.with(Page.encode(inTeam("alice", true, "33", "all")));
        assertThat(hex(longer.encode()))
                .isEqualTo("03" + OLD_PAGE.substring(2, 18) + "03" + OLD_PAGE.substring(20) + IN_TEAM);
        assertThatThrownBy(() -> Page.decode(bytes("04" + OLD_PAGE.substring(2))))
                .isInstanceOf(MalformedFields.class)
                .hasMessage("version 4 of a page, expected 1 to 3");
    }

    @Test
    void aFileIsWrittenToTheByteAndFoundByItsName() {
        var file = new HistoryEntry(
                BOB,
                Optional.of(TEAM),
                false,
                id("44"),
                0,
                1_000,
                2_000,
                "a.txt",
                Optional.of(new HistoryFile(7, "00ff", "text/plain", "/d/a.txt")));
        var page = Page.empty(9).with(Page.encode(file)).with(Page.encode(inTeam("alice", true, "33", "all")));
        assertThat(hex(page.encode())).isEqualTo("030000000000000009" + "02" + FILE_IN_TEAM + IN_TEAM);
        assertThat(Page.decode(page.encode()).entries().stream().map(Page::entry))
                .containsExactly(file, inTeam("alice", true, "33", "all"));
        commit(new Change.Append(file));
        assertThat(found("A.TXT", new HistoryOf.In(TEAM))).containsExactly("a.txt");
        assertThat(found("/d/", new HistoryOf.In(TEAM))).isEmpty();
    }

    @Test
    void anOlderPageHoldsNothingThatCameLater() {
        assertThat(Page.decode(bytes("020000000000000009" + "01" + IN_TEAM)).entries())
                .hasSize(1);
        for (var page : List.of(
                "020000000000000009" + "01" + FILE_IN_TEAM,
                "010000000000000009" + "01" + IN_TEAM,
                "030000000000000009" + "01" + "08" + IN_TEAM.substring(2)))
            assertThatThrownBy(() -> Page.decode(bytes(page)))
                    .isInstanceOf(MalformedFields.class)
                    .hasMessageStartingWith("flags");
    }

    @Test
    void marksAreWrittenToTheByteAndOlderOnesAreRead() {
        var one = Marks.decode(bytes("01" + "03626f62" + "02"));
        assertThat(one.ofContact()).contains(Reach.SENT);
        assertThat(hex(one.encode())).isEqualTo("01" + "03626f62" + "02");
        var many = "02" + "047465616d" + "0002" + "03626f62" + "04" + "056361726f6c" + "01";
        var both = Marks.decode(bytes(many));
        assertThat(both.reached()).isEqualTo(Map.of(BOB, Reach.DELIVERED, CAROL, Reach.QUEUED));
        assertThat(both.group()).contains(TEAM);
        assertThat(hex(both.encode())).isEqualTo(many);
        assertThatThrownBy(() -> Marks.decode(bytes("03" + many.substring(2))))
                .isInstanceOf(MalformedFields.class)
                .hasMessage("version 3 of a mark, expected 1 or 2");
    }

    @Test
    void aGroupsMarkCountsItsMembersAndTakesNothingOfAnybodyElse() {
        var id = id("33");
        commit(new Change.MarkGroup(TEAM, id, List.of(BOB, CAROL)));
        var sent = new Change.Mark(BOB, id, Reach.SENT);
        assertThat(commit(sent).inGroups()).isEqualTo(Map.of(sent, new GroupReach(TEAM, Reach.SENT, 1, 2)));
        var read = new Change.Mark(CAROL, id, Reach.READ);
        assertThat(commit(read).inGroups()).isEqualTo(Map.of(read, new GroupReach(TEAM, Reach.READ, 1, 2)));
        assertThat(disk.reach(id, Reach.DELIVERED)).contains(new GroupReach(TEAM, Reach.DELIVERED, 1, 2));
        assertThat(disk.reach(id, Reach.SENT)).contains(new GroupReach(TEAM, Reach.SENT, 2, 2));
        var stranger = new Change.Mark(new UserName("eve"), id, Reach.READ);
        var late = new Change.Mark(CAROL, id, Reach.DELIVERED);
        var begunAgain = new Change.Mark(BOB, id, Reach.QUEUED);
        assertThat(commit(stranger, late, begunAgain).refused()).containsExactlyInAnyOrder(stranger, late, begunAgain);
        commit(new Change.MarkGroup(TEAM, id, List.of()));
        assertThat(disk.reach(id, Reach.SENT)).contains(new GroupReach(TEAM, Reach.SENT, 2, 2));
    }

    @Test
    void givingUpForAMemberIsNotHavingReachedHim() {
        var id = id("33");
        var gaveUp = new Change.Mark(BOB, id, Reach.GAVE_UP);
        var done = commit(new Change.MarkGroup(TEAM, id, List.of(BOB, CAROL)), gaveUp);
        assertThat(done.inGroups()).isEqualTo(Map.of(gaveUp, new GroupReach(TEAM, Reach.GAVE_UP, 1, 2)));
        assertThat(disk.reach(id, Reach.SENT)).contains(new GroupReach(TEAM, Reach.SENT, 0, 2));
    }

    @Test
    void aConversationAndAGroupAreSearchedEachForItself() {
        var toBob = new HistoryEntry(BOB, Optional.empty(), true, id("11"), 1, 1_000, 2_000, "word to bob");
        var namesake =
                new HistoryEntry(BOB, Optional.of(BOBS_NAMESAKE), false, id("44"), 1, 1_000, 2_000, "word by bob");
        commit(
                new Change.Append(toBob),
                new Change.Append(inTeam("bob", false, "22", "word in team")),
                new Change.Append(inTeam("alice", true, "33", "other")),
                new Change.MarkGroup(TEAM, id("33"), List.of(BOB, CAROL)),
                new Change.Mark(BOB, id("33"), Reach.READ),
                new Change.Mark(CAROL, id("33"), Reach.SENT),
                new Change.Append(namesake));
        assertThat(found("", new HistoryOf.With(BOB))).containsExactly("word to bob");
        assertThat(found("", new HistoryOf.In(TEAM))).containsExactly("other", "word in team");
        assertThat(found("word", new HistoryOf.In(TEAM))).containsExactly("word in team");
        assertThat(found("", new HistoryOf.In(BOBS_NAMESAKE))).containsExactly("word by bob");
        assertThat(look("word", Optional.empty())).hasSize(3);
        var ours = look("other", Optional.empty()).getFirst();
        assertThat(ours.inGroup()).contains(new GroupSpread(TEAM, 2, 1, 1, 2));
        assertThat(ours.reach()).isEmpty();
    }

    private List<String> found(String words, HistoryOf of) {
        return look(words, Optional.of(of)).stream()
                .map(line -> line.entry().text())
                .toList();
    }

    private List<HistoryLine> look(String words, Optional<HistoryOf> of) {
        return Search.of(words, of, 0, 100).look(disk.tables(), 64).found();
    }

    private Store.Committed commit(Change... changes) {
        return disk.commit(List.of(List.of(changes))).getFirst();
    }

    private static HistoryEntry inTeam(String writer, boolean ours, String id, String text) {
        return new HistoryEntry(new UserName(writer), Optional.of(TEAM), ours, id(id), 1, 1_000, 2_000, text);
    }

    private static MessageId id(String octet) {
        return MessageId.parse(octet.repeat(16));
    }

    private static ByteString bytes(String hex) {
        return ByteString.fromArrayUnsafe(HexFormat.of().parseHex(hex));
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toArrayUnsafe());
    }
}
