package parley.peer.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.field.MalformedFields;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.ContentCodec;
import parley.messages.wire.MessageId;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.cipher.primitive.SeededRandom;
import parley.peer.store.Change;
import parley.peer.store.Tables;

/** Records of contacts to the byte, and as a program wrote them that knew no groups. */
class OlderRecordsTest {
    private static final String ID = "11".repeat(16);
    private static final String SESSION = "22".repeat(16);
    private static final MessageId TEXT = MessageId.parse(ID);
    private static final Content HELLO = new Content.Text(TEXT, 1, Content.Text.NO_PREVIOUS, 1_000, "hello");
    private static final String CONTENT =
            "0101" + ID + "0000000000000001" + "00".repeat(32) + "00000000000003e8" + "68656c6c6f";
    private static final String LENGTH = "00000047";

    @Test
    void aTextInAnOlderOutboxWaitsForItsReceipt() {
        var old = OutboxEntry.decode(bytes(
                "01" + "0000000000000004" + "01" + "02" + ID + LENGTH + CONTENT + "01" + SESSION + "01" + "abcd"));
        assertThat(old.content()).isEqualTo(HELLO);
        assertThat(old.to()).isEmpty();
        assertThat(old.receipt()).isTrue();
        assertThat(old.isHandedOver()).isFalse();
        assertThat(old.attempt()).isEqualTo(2);
        assertThat(old.sealing().orElseThrow().envelope()).isEqualTo(bytes("abcd"));
        assertThat(hex(old.encode()))
                .isEqualTo("02" + "0000000000000004" + "01" + "02" + "00" + "01" + ID + LENGTH + CONTENT + "01"
                        + SESSION + "01" + "abcd");
    }

    @Test
    void aReceiptInAnOlderOutboxWaitsForNone() {
        var receipt = "0102" + ID + "01" + "0001" + SESSION;
        var old = OutboxEntry.decode(bytes("01" + "0000000000000004" + "01" + "00" + ID + "00000025" + receipt + "00"));
        assertThat(old.isHandedOver()).isTrue();
    }

    @Test
    void aMembersShareIsWrittenToTheByte() {
        var to = SigningKey.create(new SeededRandom(1)).key();
        var text = Said.text("all");
        var entry = OutboxEntry.toMember(4, text, to, true);
        var content = ContentCodec.encode(text);
        assertThat(hex(entry.encode()))
                .isEqualTo("02" + "0000000000000004" + "00" + "00" + "01" + hex(to.bytes()) + "01"
                        + hex(text.id().bytes()) + "%08x".formatted(content.size()) + hex(content) + "00");
        assertThat(OutboxEntry.decode(entry.encode())).isEqualTo(entry);
        assertThatThrownBy(() ->
                        OutboxEntry.decode(bytes("03").concat(entry.encode().drop(1))))
                .isInstanceOf(MalformedFields.class)
                .hasMessage("version 3, expected 1 or 2");
    }

    @Test
    void anOlderProfileIsOfNobodyInAGroup() {
        var stored = new ProfileCodec.Stored(Profile.NEW.with(Standing.ACCEPTED), 3, 5, 0);
        var now = ProfileCodec.encode(stored);
        var old = bytes("01").concat(now.drop(1).dropRight(1));
        assertThat(ProfileCodec.decode(old)).isEqualTo(stored);
        var met = new ProfileCodec.Stored(Profile.NEW.metInGroup(), 3, 5, 1);
        assertThat(ProfileCodec.encode(met).last()).isEqualTo((byte) 1);
        assertThat(ProfileCodec.decode(ProfileCodec.encode(met))).isEqualTo(met);
    }

    @Test
    void aRowOfTheGroupInboxIsWrittenToTheByte() {
        var bob = new UserName("bob");
        var identity = SigningKey.create(new SeededRandom(1)).key();
        var text = Said.text("all");
        var said = new Effect.ForGroup(bob, identity, text);
        var put = (Change.Put) Inbox.GROUPS.put(6, said);
        assertThat(put.table()).isEqualTo("group-inbox");
        assertThat(hex(put.key())).isEqualTo("03626f62" + hex(text.id().bytes()));
        assertThat(hex(put.value().get()))
                .isEqualTo("01" + "0000000000000006" + hex(identity.bytes()) + hex(ContentCodec.encode(text)));
        var row = new Tables.Row(put.key(), put.value().get());
        assertThat(Inbox.GROUPS.waiting(only(row))).containsExactly(said);
        assertThat(Inbox.GROUPS.count(bob, only(row)).next()).isEqualTo(7);
        assertThat(Inbox.GROUPS.count(new UserName("bo"), only(row)).rows()).isZero();
    }

    private static Tables only(Tables.Row row) {
        return new Tables() {
            @Override
            public Optional<ByteString> get(String table, ByteString key) {
                return Optional.empty();
            }

            @Override
            public List<Row> list(String table) {
                return table.equals("group-inbox") ? List.of(row) : List.of();
            }
        };
    }

    private static ByteString bytes(String hex) {
        return ByteString.fromArrayUnsafe(HexFormat.of().parseHex(hex));
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toArrayUnsafe());
    }
}
