package parley.peer.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

class FileLinesTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final UserName BOB = new UserName("bob");

    @Test
    void aFileThatCameSaysWhereItIs() {
        assertThat(plain(new FileMail.Came(
                        ID, Optional.empty(), BOB, "a.bin", Path.of("/d/a.bin"), 7, "00ff", "image/png", 3)))
                .containsExactly("bob: sent a.bin, 7 bytes", "  saved as /d/a.bin", "  sha256 00ff");
    }

    @Test
    void theHistoryTellsAFileFromATextOfItsName() {
        var ours = new ModernAnswer.Attached(7, "", "", Path.of("/home/a.bin"));
        var theirs = new ModernAnswer.Attached(7, "00ff", "image/png", Path.of("/d/a.bin"));
        assertThat(inHistory(true, ModernAnswer.Reached.FAILED, ours))
                .endsWith("you to bob: sent a.bin, 7 bytes \u2717");
        assertThat(inHistory(false, null, theirs)).endsWith("bob: sent a.bin, 7 bytes, saved as /d/a.bin");
    }

    private static String inHistory(
            boolean ours, ModernAnswer.@Nullable Reached reached, ModernAnswer.Attached attached) {
        var text = new ModernAnswer.Text(
                ID, Optional.empty(), BOB, ours, "a.bin", Instant.EPOCH, reached, Optional.of(attached));
        var answer = new ModernAnswer.History(BOB, List.of(text));
        return plain(new Happening.Done("history", answer)).getFirst();
    }

    @Test
    void aQuestionNamesTheCommandsThatDecide() {
        assertThat(plain(new FileMail.Offered(ID, Optional.of(new GroupName("team")), BOB, "a.bin", 7, "why")))
                .singleElement()
                .asString()
                .contains("accept 01234567", "cancel 01234567", "why");
    }

    @Test
    void transfersSayHowFarEachIs() {
        assertThat(plain(new Happening.Done(
                        "transfers",
                        new FileAnswer.Transfers(List.of(new FileAnswer.Transfer(
                                ID,
                                Optional.empty(),
                                Happening.Way.OUT,
                                BOB,
                                "a.bin",
                                5,
                                7,
                                FileAnswer.State.PAUSED))))))
                .containsExactly("01234567  a.bin to bob, 5 bytes of 7 bytes, paused");
        assertThat(plain(new Happening.Done("transfers", new FileAnswer.Transfers(List.of()))))
                .containsExactly("No files are under way");
    }

    private static List<String> plain(Happening happening) {
        return Lines.of(happening).stream().map(Line::plain).toList();
    }
}
