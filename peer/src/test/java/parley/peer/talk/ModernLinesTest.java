package parley.peer.talk;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parley.messages.name.UserName;

class ModernLinesTest {
    private static final UserName BOB = new UserName("bob");
    private static final String SIXTY = "0123456789".repeat(6);

    @Test
    void aTextThatCameDrivesNoTerminal() {
        var came = new Mail.MessageCame("00", BOB, "\u001b[2Jhi\u202e", Instant.EPOCH, 1);
        assertThat(plain(came)).containsExactly("bob: [2Jhi");
    }

    @Test
    void ticksSayHowFarATextCame() {
        assertThat(Stream.of(Mail.Stage.values()).flatMap(stage -> plain(new Mail.Moved("00", BOB, stage)).stream()))
                .containsExactly("\u2713 bob", "\u2713\u2713 bob", "\u2713\u2713 read by bob");
    }

    @Test
    void whatWaitsNamesTheCommandsThatDecide() {
        assertThat(plain(new Mail.RequestCame(BOB, 2)))
                .containsExactly("bob wants to write to you (2 texts): accept bob, or block bob");
        assertThat(plain(new Mail.IdentityChanged(BOB, Mail.Change.UNSIGNED)))
                .singleElement()
                .asString()
                .contains("accept bob");
    }

    @Test
    void recoveryWordsStandFourOnALine() {
        var words = String.join(" ", java.util.Collections.nCopies(24, "zoo"));
        for (var shown :
                List.of(done(new ModernAnswer.Enrolled(BOB, words, "example.org:7400")), new Mail.SignedUp(BOB, words)))
            assertThat(plain(shown))
                    .filteredOn(line -> line.contains("zoo"))
                    .hasSize(6)
                    .allMatch(line -> line.strip().split(" ").length == 4);
    }

    @Test
    void digitsAreGroupedAndTheirPictureCanBeRead() throws Exception {
        var lines = plain(done(new ModernAnswer.Verification(BOB, SIXTY, false)));
        assertThat(lines)
                .contains("    01234 56789 01234 56789")
                .filteredOn(line -> line.contains("56789"))
                .hasSize(3);
        var picture = lines.stream()
                .filter(line -> line.contains("\u2588"))
                .map(line -> line.substring(4))
                .toList();
        assertThat(read(picture)).isEqualTo(SIXTY);
        // Whoever has verified already shows them to the other side, who has not.
        var verified = plain(done(new ModernAnswer.Verification(BOB, SIXTY, true)));
        assertThat(verified.getFirst()).contains("bob is verified");
        assertThat(verified)
                .contains("    01234 56789 01234 56789")
                .containsAll(picture.stream().map(row -> "    " + row).toList());
    }

    /** A camera sees each character as two modules, light where it is drawn. */
    private static String read(List<String> rows) throws Exception {
        int scale = 4;
        int width = rows.getFirst().length() * scale;
        int height = rows.size() * 2 * scale;
        var pixels = new int[width * height];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) {
                char drawn = rows.get(y / scale / 2).charAt(x / scale);
                boolean upper = y / scale % 2 == 0;
                boolean light = drawn == '\u2588' || drawn == (upper ? '\u2580' : '\u2584');
                pixels[y * width + x] = light ? 0xffffff : 0;
            }
        var source = new RGBLuminanceSource(width, height, pixels);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(source)))
                .getText();
    }

    private static Happening done(Answer answer) {
        return new Happening.Done("verb", answer);
    }

    private static List<String> plain(Happening happening) {
        return Lines.of(happening).stream().map(Line::plain).toList();
    }
}
