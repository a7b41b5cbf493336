package parley.peer.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.field.MalformedFields;
import parley.messages.group.GroupLog;
import parley.messages.group.Policy;
import parley.messages.wire.Content;
import parley.messages.wire.ContentCodec;
import parley.messages.wire.MessageId;
import parley.peer.contact.Gaps;
import parley.peer.contact.Incoming;
import parley.peer.contact.Range;
import parley.peer.store.Change;
import parley.peer.store.Tables;

/** The rows of version 1, byte for byte: vaults are read for ever. */
class RowsTest {
    private final Person alice = new Person("alice", 1);
    private final Person bob = new Person("bob", 2);
    private final GroupLog two = alice.adds(bob, alice.founds(Policy.INVITE));
    private final ByteString id = two.id();
    private final MessageId message = new MessageId(bytes("0102030405060708090a0b0c0d0e0f10"));
    private final Content.GroupText text =
            new Content.GroupText(message, Person.place(two), 1, Content.Text.NO_PREVIOUS, Person.NOW, "hello");

    @Test
    void aGroup() {
        var last = "00".repeat(31) + "07";
        holds(
                Rows.group(two, new Written(9, bytes(last))),
                "group",
                hex(id),
                "01 04 7465616d 0002 0000000000000009" + last);
    }

    @Test
    void anEntry() {
        var entry = two.entries().getLast();
        var row = holds(
                Rows.entry(id, new Rows.StoredEntry(Person.NOW, entry)),
                "group-entry",
                hex(id) + "00000001",
                "01 000001a3185c5000" + hex(parley.messages.group.EntryCodec.encode(entry)));
        assertThat(Rows.entry(id, 1, row)).contains(new Rows.StoredEntry(Person.NOW, entry));
    }

    @Test
    void aWriter() {
        var last = bytes("00".repeat(31) + "08");
        var writer = new Writer(bob.identity(), new Incoming(12, last, new Gaps(List.of(new Range(3, 5)))));
        var row = holds(
                Rows.writer(id, bob.name, writer),
                "group-writer",
                hex(id) + "03 626f62",
                "01" + hex(bob.identity().bytes()) + "000000000000000c" + hex(last)
                        + "0001 0000000000000003 0000000000000005");
        assertThat(Rows.writer(id, bob.name, row)).contains(writer);
    }

    @Test
    void anUnreadText() {
        var unread = new Rows.Unread(message, bob.name);
        var row = holds(Rows.unread(id, unread), "group-unread", hex(id) + hex(message.bytes()), "01 03 626f62");
        assertThat(Rows.unread(id, row)).containsExactly(unread);
    }

    @Test
    void whatIsSaid() {
        holds(LetterRows.outbox(text), "group-outbox", hex(message.bytes()), "01" + hex(ContentCodec.encode(text)));
    }

    @Test
    void forWhomItStillIs() {
        holds(
                LetterRows.pending(new Letter(text, bob.name, bob.identity())),
                "group-pending",
                hex(message.bytes()) + "03 626f62",
                "01" + hex(bob.identity().bytes()));
    }

    @Test
    void aLaterVersionIsNotReadAsThisOne() {
        var later = table("group", id, bytes("02047465616d"));
        assertThatThrownBy(() -> Rows.group(id, later))
                .isInstanceOf(MalformedFields.class)
                .hasMessageContaining("version 2, expected 1");
    }

    private static Tables holds(Change change, String table, String key, String value) {
        var put = (Change.Put) change;
        assertThat(put.table()).isEqualTo(table);
        assertThat(hex(put.key())).isEqualTo(key.replace(" ", ""));
        assertThat(hex(put.value().get())).isEqualTo(value.replace(" ", ""));
        return table(table, bytes(key), bytes(value));
    }

    private static Tables table(String name, ByteString key, ByteString value) {
        var rows = Map.of(key, value);
        return new Tables() {
            @Override
            public Optional<ByteString> get(String table, ByteString wanted) {
                return table.equals(name) ? Optional.ofNullable(rows.get(wanted)) : Optional.empty();
            }

            @Override
            public List<Row> list(String table) {
                return table.equals(name) ? List.of(new Row(key, value)) : List.of();
            }
        };
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toArray());
    }

    private static ByteString bytes(String hex) {
        return ByteString.fromArray(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
