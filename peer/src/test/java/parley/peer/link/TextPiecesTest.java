package parley.peer.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messages.classic.Origin;
import parley.messages.classic.PeerCodec;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

class TextPiecesTest {
    static final Origin ALICE = new Origin.User(new UserName("alice"));
    static final Origin LONGEST = new Origin.Group(new GroupName("g".repeat(32)));
    static final String FAMILY = "👩‍👩‍👧‍👦";

    @Test
    void anEmptyTextIsOneEmptyPiece() {
        assertThat(TextPieces.of(ALICE, "")).containsExactly(new TextPieces.Piece(0, ByteString.emptyByteString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "☕", "😀", FAMILY, "e\u0301", "🇩🇪"})
    void everyPieceFitsAClassicReaderAndTogetherTheyAreTheText(String character) {
        for (var from : List.of(ALICE, LONGEST)) {
            for (int count : List.of(1, 40, 483, 484, 485, 2000)) {
                var text = character.repeat(count);
                var pieces = TextPieces.of(from, text);
                assertThat(joined(pieces)).isEqualTo(text);
                for (var piece : pieces) {
                    assertThat(PeerCodec.headerBytes(from, piece.length())
                                    + 2 * piece.utf8().size())
                            .isLessThanOrEqualTo(1024);
                    var part = piece.utf8().utf8String();
                    assertThat(part.codePointCount(0, part.length())).isEqualTo(piece.length());
                    assertThat(part.length() % character.length())
                            .as("cut inside a character")
                            .isZero();
                }
            }
        }
    }

    @Test
    void noPieceIsShorterThanItMustBe() {
        var pieces = TextPieces.of(ALICE, "x".repeat(5000));
        var first = pieces.getFirst();
        assertThat(PeerCodec.headerBytes(ALICE, first.length())
                        + 2 * (first.utf8().size() + 1))
                .isGreaterThan(1024);
    }

    /** A thousand accents on one letter are one character that fits no message. */
    @Test
    void whatIsTooLongForAPieceIsCutBetweenCodePoints() {
        var text = "a" + "\u0301".repeat(1000);
        assertThat(joined(TextPieces.of(ALICE, text))).isEqualTo(text);
    }

    @Test
    void anyTextComesTogetherAgain() {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            var text = random.ints(random.nextInt(1500), 1, 0x2ffff)
                    .filter(c -> Character.isDefined(c) && Character.getType(c) != Character.SURROGATE)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(joined(TextPieces.of(ALICE, text))).as("seed %d", seed).isEqualTo(text);
        }
    }

    @Test
    void aTextIsCutToItsLengthInCodePoints() {
        assertThat(TextPieces.text(utf8("abcd    "), 4)).contains("abcd");
        assertThat(TextPieces.text(utf8("😀é☕     "), 3)).contains("😀é☕");
        assertThat(TextPieces.text(utf8("        "), 0)).contains("");
        assertThat(TextPieces.text(utf8("short"), 4096)).contains("short");
    }

    @Test
    void whatIsNoUtf8IsNoText() {
        assertThat(TextPieces.text(ByteString.fromArray(new byte[] {'a', -1, 'b'}), 3))
                .isEmpty();
    }

    private static ByteString utf8(String text) {
        return ByteString.fromString(text, UTF_8);
    }

    private static String joined(List<TextPieces.Piece> pieces) {
        return pieces.stream().map(piece -> piece.utf8().utf8String()).collect(Collectors.joining());
    }
}
