package parley.peer.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

class FileLinesTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final UserName BOB = new UserName("bob");

    @Test
    void aFileThatCameSaysWhereItIs() {
        assertThat(plain(new FileMail.Came(
                        ID, Optional.empty(), BOB, "a.bin", Path.of("/d/a.bin"), 7, "00ff", "image/png")))
                .containsExactly("bob: sent a.bin, 7 bytes", "  saved as /d/a.bin", "  sha256 00ff");
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
