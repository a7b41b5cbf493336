package parley.messages.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.messages.group.Person.REGISTRY;
import static parley.messages.group.Person.TEAM;
import static parley.messages.group.Person.TIME;
import static parley.messages.group.Person.longer;

import java.util.HexFormat;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.field.MalformedFields;
import parley.messages.identity.Signature;
import parley.messages.name.UserName;

/** One encoding for each entry, and one entry at most for any bytes. */
class EntryCodecTest {
    private static final String HASH = "ab".repeat(32);
    private static final String SIGNATURE = "cd".repeat(64);

    private final Person alice = new Person("alice", 1);
    private final Person bob = new Person("bob", 2);
    private final String key = HexFormat.of().formatHex(alice.key.bytes().toArray());
    private final GroupLog log = everything();

    private GroupLog everything() {
        var all = bob.does(alice.begins(Policy.OPEN), new Deed.Join());
        all = alice.does(all, new Person("carol", 3).in());
        all = alice.does(all, new Deed.Admin(bob.name, true));
        all = alice.does(all, new Deed.Become(Policy.CLOSED));
        all = bob.does(all, new Deed.Remove(new UserName("carol")));
        return alice.does(all, new Deed.Leave());
    }

    @Test
    void everyKindHasTheBytesOfTheDocument() {
        golden(Person.founding(Policy.MEMBERS), "01" + "0016" + "04" + "7465616d" + "03" + "00".repeat(16));
        golden(new Deed.Join(), "02" + "0000");
        golden(new Deed.Add(bob.name, alice.key), "03" + "0024" + "03" + "626f62" + key);
        golden(new Deed.Leave(), "04" + "0000");
        golden(new Deed.Remove(bob.name), "05" + "0004" + "03" + "626f62");
        golden(new Deed.Admin(bob.name, true), "06" + "0005" + "01" + "03" + "626f62");
        golden(new Deed.Admin(bob.name, false), "06" + "0005" + "00" + "03" + "626f62");
        golden(new Deed.Become(Policy.CLOSED), "07" + "0001" + "04");
    }

    @Test
    void everyEntryComesBack() {
        for (var entry : log.entries())
            assertThat(EntryCodec.decode(EntryCodec.encode(entry))).isEqualTo(entry);
        var row = EntryRow.decode(EntryRow.encode(log.entries()));
        assertThat(row).isEqualTo(log.entries());
        var begun = longer(GroupLog.begin(REGISTRY, TEAM, row.getFirst()));
        assertThat(begun.append(row.subList(1, row.size()))).isEqualTo(new Taking.Longer(log));
        assertThat(EntryRow.decode(ByteString.emptyByteString())).isEmpty();
    }

    @Test
    void theLongestEntryIsAsLongAsAnEntryMayBe() {
        var author = new Person("a".repeat(32), 1);
        var add = new Deed.Add(new UserName("b".repeat(32)), bob.key);
        var longest = author.sign(new EntryDraft(0xffff_ffffL, EntryDraft.NONE, TIME, author.name, author.key, add));
        assertThat(EntryCodec.encode(longest).size()).isEqualTo(242).isEqualTo(EntryCodec.BYTES_MAX);
        assertThat(EntryCodec.decode(EntryCodec.encode(longest))).isEqualTo(longest);
        assertThatThrownBy(() -> EntryCodec.decode(EntryCodec.encode(longest).concat(ByteString.fromInts(0))))
                .isInstanceOf(MalformedFields.class)
                .hasMessageContaining("at most 242");
    }

    @Test
    void everyShorterOrLongerOneIsRefused() {
        for (var entry : log.entries()) {
            var bytes = EntryCodec.encode(entry);
            for (int cut = 0; cut < bytes.size(); cut++) {
                var shorter = bytes.take(cut);
                assertThatThrownBy(() -> EntryCodec.decode(shorter))
                        .as("%s cut at %d", entry.deed(), cut)
                        .isInstanceOf(MalformedFields.class);
            }
            assertThatThrownBy(() -> EntryCodec.decode(bytes.concat(ByteString.fromInts(0))))
                    .isInstanceOf(MalformedFields.class);
        }
    }

    @Test
    void whatTheLayoutDoesNotAllowIsMalformed() {
        malformed("02" + "00000000" + HASH + "0000000000000000", "version 2");
        malformed("01" + "00000000" + HASH + "8000000000000000", "63 bits");
        malformed(header("04", "626f6221") + "02" + "0000" + SIGNATURE, "Bad user name");
        malformed(header("03", "426f62") + "02" + "0000" + SIGNATURE, "upper case");
        malformed(header("00", "") + "02" + "0000" + SIGNATURE, "Bad user name");
        malformed(named("00" + "0000"), "kind 0");
        malformed(named("08" + "0000"), "kind 8");
        malformed(named("02" + "0001" + "00"), "after the end");
        malformed(named("04" + "0001" + "00"), "after the end");
        malformed(named("07" + "0001" + "00"), "policy 0");
        malformed(named("07" + "0001" + "05"), "policy 5");
        malformed(named("06" + "0005" + "02" + "03" + "626f62"), "flag 2");
        malformed(named("05" + "0004" + "03" + "426f62"), "upper case");
        malformed(named("01" + "0016" + "04" + "5465616d" + "03" + "00".repeat(16)), "upper case");
        malformed(named("01" + "0015" + "04" + "7465616d" + "03" + "00".repeat(15)), "15 bytes left");
        malformed(named("03" + "0024" + "03" + "626f62" + "00".repeat(32)), "prime order");
        malformed(named("03" + "ffff" + "03" + "626f62"), "expected 65535");
    }

    /** However an entry is altered: it is no entry any more, or the log does not take it. */
    @Test
    void everyBitCounts() {
        var before = alice.does(alice.begins(Policy.OPEN), bob.in());
        var bytes = EntryCodec.encode(alice.writes(before, new Deed.Remove(bob.name)))
                .toArray();
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            var altered = bytes.clone();
            altered[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(isTaken(before, altered)).as("bit %d", bit).isFalse();
        }
    }

    @Test
    void aRowIsCutWhereItDoesNotFit() {
        var entries = log.entries();
        int two = EntryRow.encode(entries.subList(0, 2)).size();
        assertThat(EntryRow.fitting(entries, two)).isEqualTo(entries.subList(0, 2));
        assertThat(EntryRow.fitting(entries, two - 1)).isEqualTo(entries.subList(0, 1));
        assertThat(EntryRow.fitting(entries, 1)).isEmpty();
        assertThat(EntryRow.fitting(entries, 73_000)).isEqualTo(entries);
        var row = EntryRow.encode(entries);
        assertThatThrownBy(() -> EntryRow.decode(row.dropRight(1))).isInstanceOf(MalformedFields.class);
    }

    @Test
    void policiesAreCalledByTheirWords() {
        for (var policy : Policy.values()) {
            assertThat(Policy.of(policy.number())).isEqualTo(policy);
            assertThat(Policy.ofWord(policy.word())).contains(policy);
        }
        assertThat(List.of(Policy.values()).stream().map(Policy::word))
                .containsExactly("open", "invite", "members", "closed");
        assertThat(Policy.ofWord("OPEN")).isEmpty();
    }

    private static boolean isTaken(GroupLog log, byte[] bytes) {
        try {
            return log.append(EntryCodec.decode(ByteString.fromArray(bytes))) instanceof Taking.Longer;
        } catch (MalformedFields malformed) {
            return false;
        }
    }

    private void golden(Deed deed, String kindAndBody) {
        var bytes = hex(named(kindAndBody));
        var draft = new EntryDraft(7, hex(HASH), 1_000, bob.name, alice.key, deed);
        var entry = draft.with(new Signature(hex(SIGNATURE)));
        assertThat(EntryCodec.encode(entry)).isEqualTo(bytes);
        assertThat(EntryCodec.decode(bytes)).isEqualTo(entry);
    }

    private String named(String kindAndBody) {
        return header("03", "626f62") + kindAndBody + SIGNATURE;
    }

    private String header(String length, String author) {
        return "01" + "00000007" + HASH + "00000000000003e8" + length + author + key;
    }

    private static void malformed(String bytes, String why) {
        assertThatThrownBy(() -> EntryCodec.decode(hex(bytes)))
                .isInstanceOf(MalformedFields.class)
                .hasMessageContaining(why);
    }

    private static ByteString hex(String digits) {
        return ByteString.fromArray(HexFormat.of().parseHex(digits));
    }
}
