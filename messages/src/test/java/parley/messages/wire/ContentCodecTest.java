package parley.messages.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.field.MalformedFields;
import parley.messages.identity.Label;
import parley.messages.identity.RegistryId;
import parley.messages.name.GroupName;

class ContentCodecTest {
    private static final String ID = "000102030405060708090a0b0c0d0e0f";
    private static final String OTHER = "101112131415161718191a1b1c1d1e1f";
    private static final MessageId MESSAGE = MessageId.parse(ID);
    private static final String HASH = "ab".repeat(32);
    private static final Place PLACE = new Place(new GroupName("team"), hex(HASH), 0xffff_fffeL, hex("cd".repeat(32)));
    private static final String PLACE_BYTES = "04" + "7465616d" + HASH + "fffffffe" + "cd".repeat(32);

    @Test
    void everyKindHasTheBytesOfTheDocument() {
        golden(
                new Content.Text(MESSAGE, 7, hex(HASH), 1_000, "hé"),
                "0101" + ID + "0000000000000007" + HASH + "00000000000003e8" + "68c3a9");
        golden(
                new Content.Receipt(MESSAGE, Content.Receipt.What.DELIVERED, List.of(MESSAGE, MessageId.parse(OTHER))),
                "0102" + ID + "01" + "0002" + ID + OTHER);
        golden(
                new Content.Receipt(MESSAGE, Content.Receipt.What.READ, List.of(MESSAGE)),
                "0102" + ID + "02" + "0001" + ID);
        golden(
                new Content.Repeat(
                        MESSAGE, List.of(new Content.Repeat.Unopened(MessageId.parse(OTHER), Reason.FORGED)), 9),
                "0103" + ID + "0001" + OTHER + "06" + "0000000000000009");
        golden(new Content.Nothing(MESSAGE), "0104" + ID);
        golden(
                new Content.GroupText(MESSAGE, PLACE, 7, hex(OTHER.repeat(2)), 1_000, "hé"),
                "0110" + ID + PLACE_BYTES + "0000000000000007" + OTHER.repeat(2) + "00000000000003e8" + "68c3a9");
        golden(new Content.GroupNews(MESSAGE, PLACE), "0111" + ID + PLACE_BYTES);
        golden(new Content.Unknown(MESSAGE, 22, hex("cafe")), "0116" + ID + "cafe");
    }

    @Test
    void everyKindThatIsAboutFilesHasTheBytesOfTheDocument() {
        var key = hex("ef".repeat(32));
        var offer = new FileOffer(1_000, true, 70_000, key, "hé.txt");
        var offered = "00000000000003e8" + "01" + "0000000000011170" + "ef".repeat(32) + "68c3a92e747874";
        golden(new Content.File(MESSAGE, offer), "0112" + ID + offered);
        golden(
                new Content.File(MESSAGE, new FileOffer(1_000, false, 1L << 40, key, "a")),
                "0112" + ID + "00000000000003e8" + "00" + "0000010000000000" + "ef".repeat(32) + "61");
        golden(new Content.Piece(MESSAGE, MessageId.parse(OTHER), 1, hex("cafe")), "0113" + ID + OTHER + "01" + "cafe");
        var states = List.of("DONE", "DECLINED", "NO_ROOM", "READY", "CANCELLED", "CHANGED", "RELAYED", "FAILED");
        assertThat(Content.FileState.State.values()).extracting(Enum::name).containsExactlyElementsOf(states);
        for (int i = 0; i < states.size(); i++)
            golden(
                    new Content.FileState(
                            MESSAGE, MessageId.parse(OTHER), Content.FileState.State.valueOf(states.get(i))),
                    "0114" + ID + OTHER + "0%d".formatted(i + 1));
        golden(new Content.GroupFile(MESSAGE, PLACE, offer), "0115" + ID + PLACE_BYTES + offered);
    }

    @Test
    void whatTheLayoutDoesNotAllowOfFilesIsMalformed() {
        var before = "0112" + ID + "00000000000003e8";
        malformed(before + "02" + "0000000000000001" + HASH + "61", "2");
        malformed(before + "00" + "8000000000000000" + HASH + "61", "63 bits");
        malformed(before + "00" + "0000000000000001" + HASH, "0 bytes");
        malformed(before + "00" + "0000000000000001" + HASH + "61".repeat(256), "256");
        malformed(before + "00" + "0000000000000001" + HASH + "c3", "UTF-8");
        malformed(before + "01" + "0000000000040001" + HASH + "61", "262145");
        malformed("0113" + ID + OTHER + "00", "0 bytes");
        malformed("0113" + ID + OTHER + "00" + "61".repeat(61_441), "61441");
        malformed("0114" + ID + OTHER + "00", "0");
        malformed("0114" + ID + OTHER + "09", "9");
        malformed("0114" + ID + OTHER + "01" + "00", "after the end");
    }

    @Test
    void whateverIsWrittenIsReadAgain() {
        for (long seed = 0; seed < 2_000; seed++) {
            var content = new SeededContent(seed).content();
            assertThat(ContentCodec.decode(content.id(), ContentCodec.encode(content)))
                    .as("seed %d", seed)
                    .isEqualTo(content);
        }
    }

    @Test
    void bytesThatWereAlteredAreMalformedOrMeanSomethingElse() {
        for (long seed = 0; seed < 2_000; seed++) {
            var seeded = new SeededContent(seed);
            var content = seeded.content();
            var altered = altered(ContentCodec.encode(content).toArray(), seeded.random);
            try {
                assertThat(ContentCodec.decode(content.id(), altered))
                        .as("seed %d", seed)
                        .isNotEqualTo(content);
            } catch (MalformedFields refused) {
                assertThat(refused).hasMessageNotContaining(content.id().toString());
            }
        }
    }

    @Test
    void aContentOfAnotherEnvelopeIsMalformed() {
        var bytes = ContentCodec.encode(new Content.Nothing(MESSAGE));
        assertThatThrownBy(() -> ContentCodec.decode(MessageId.parse(OTHER), bytes))
                .isInstanceOf(MalformedFields.class)
                .hasMessageContaining("another envelope");
    }

    @Test
    void whatTheLayoutDoesNotAllowIsMalformed() {
        malformed("", "bytes left");
        malformed("0201" + ID, "version 2");
        malformed("0101" + ID + "0000000000000000" + HASH + "00000000000003e8" + "68", "counter 0");
        malformed("0101" + ID + "8000000000000000" + HASH + "00000000000003e8" + "68", "63 bits");
        malformed("0101" + ID + "0000000000000001" + HASH + "8000000000000000" + "68", "63 bits");
        malformed("0101" + ID + "0000000000000001" + HASH + "0000000000000000" + "c3", "UTF-8");
        malformed("0101" + ID + "0000000000000001" + HASH + "0000000000000000" + "eda080", "UTF-8");
        malformed("0101" + ID + "0000000000000001" + HASH + "0000000000000000" + "61".repeat(61_441), "61441");
        malformed("0102" + ID + "01" + "0000", "0 ids");
        malformed("0102" + ID + "01" + "ffff" + ID, "65535 ids");
        malformed("0102" + ID + "01" + "03e9" + ID.repeat(1_001), "1001 ids");
        malformed("0102" + ID + "03" + "0001" + ID, "receipt 3");
        malformed("0102" + ID + "01" + "0001" + ID + "00", "after the end");
        malformed("0103" + ID + "0001" + OTHER + "09" + "0000000000000001", "reason 9");
        malformed("0103" + ID + "0001" + OTHER + "00" + "0000000000000001", "reason 0");
        malformed("0103" + ID + "0001" + OTHER + "01" + "0000000000000000", "expected counter 0");
        malformed("0104" + ID + "00", "after the end");
        var after = "0000000000000001" + HASH + "0000000000000000";
        malformed("0110" + ID + PLACE_BYTES + "0000000000000000" + HASH + "0000000000000000", "counter 0");
        malformed("0110" + ID + PLACE_BYTES + after + "c3", "UTF-8");
        malformed("0110" + ID + PLACE_BYTES + after + "61".repeat(61_441), "61441");
        malformed("0110" + ID + PLACE_BYTES, "bytes left");
        malformed("0111" + ID + PLACE_BYTES + "00", "after the end");
        malformed("0111" + ID + "04" + "5465616d" + HASH + "00000000" + HASH, "upper case");
        malformed("0111" + ID + "00" + HASH + "00000000" + HASH, "Bad group name");
        malformed("0111" + ID + "04" + "7465616d" + HASH + "00000000", "bytes left");
        malformed("01ff" + ID + "00".repeat(65_535), "expected at most 65535");
    }

    @Test
    void halfACharacterIsNoText() {
        assertThatThrownBy(() -> new Content.Text(MESSAGE, 1, Content.Text.NO_PREVIOUS, 0, "\ud800"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theHashDependsOnTheRegistryAndOnEveryField() {
        var here = new RegistryId(ByteString.fromArray(new byte[16]));
        var there = new RegistryId(hex(ID));
        var text = new Content.Text(MESSAGE, 7, hex(HASH), 1_000, "hé");
        assertThat(ContentCodec.hash(here, text))
                .isNotEqualTo(ContentCodec.hash(there, text))
                .isNotEqualTo(ContentCodec.hash(here, new Content.Text(MESSAGE, 8, hex(HASH), 1_000, "hé")))
                .isNotEqualTo(ContentCodec.hash(here, new Content.Text(MESSAGE, 7, hex(HASH), 1_001, "hé")));
    }

    @Test
    void aTextInAGroupIsHashedForThatAlone() {
        var here = new RegistryId(ByteString.fromArray(new byte[16]));
        var text = new Content.GroupText(MESSAGE, PLACE, 7, hex(HASH), 1_000, "canary");
        assertThat(text.toString()).doesNotContain("canary");
        assertThat(ContentCodec.hash(here, text))
                .isEqualTo(Label.hash("group-previous", here, ContentCodec.encode(text)))
                .isNotEqualTo(ContentCodec.hash(new RegistryId(hex(ID)), text))
                .isNotEqualTo(
                        ContentCodec.hash(here, new Content.GroupText(MESSAGE, PLACE, 8, hex(HASH), 1_000, "canary")));
    }

    @Test
    void theLongestTextInTheLongestNamedGroupFitsTheLargestBox() {
        var place = new Place(new GroupName("x".repeat(32)), hex(HASH), 1, hex(HASH));
        var text = "x".repeat(Content.Text.BYTES_MAX);
        var content = new Content.GroupText(MESSAGE, place, Long.MAX_VALUE, hex(HASH), Long.MAX_VALUE, text);
        assertThat(ContentCodec.decode(MESSAGE, ContentCodec.encode(content))).isEqualTo(content);
        assertThatThrownBy(() -> new Content.GroupText(MESSAGE, place, 1, hex(HASH), 0, text + "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTextPrintsWithoutItself() {
        assertThat(new Content.Text(MESSAGE, 7, hex(HASH), 1_000, "canary").toString())
                .doesNotContain("canary");
    }

    private static ByteString altered(byte[] bytes, Random random) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return ByteString.fromArray(bytes);
    }

    private static void golden(Content content, String bytes) {
        assertThat(ContentCodec.encode(content)).isEqualTo(hex(bytes));
        assertThat(ContentCodec.decode(MESSAGE, hex(bytes))).isEqualTo(content);
    }

    private static void malformed(String bytes, String why) {
        assertThatThrownBy(() -> ContentCodec.decode(MESSAGE, hex(bytes)))
                .isInstanceOf(MalformedFields.class)
                .hasMessageContaining(why);
    }

    private static ByteString hex(String digits) {
        return ByteString.fromArray(HexFormat.of().parseHex(digits));
    }
}
