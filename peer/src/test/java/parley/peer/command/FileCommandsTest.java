package parley.peer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileCommandsTest {
    private final Commands commands = Commands.at(Path.of("/home/alice"));

    @Test
    void anIdMayBeTypedInPartAndInAnyCase() {
        assertThat(commands.read("pause 0aF3")).contains(new FileInput.Pause("0af3"));
        assertThat(commands.read("RESUME 0123456789abcdef0123456789abcdef"))
                .contains(new FileInput.Resume("0123456789abcdef0123456789abcdef"));
        assertThat(commands.read("cancel abcd")).contains(new FileInput.Cancel("abcd"));
        assertThat(commands.read("transfers")).contains(new FileInput.Transfers());
    }

    @Test
    void whatIsNoIdSaysWhatOneLooksLike() {
        for (var wrong : new String[] {"abc", "xyzw", "0123456789abcdef0123456789abcdef0"})
            assertThat(commands.read("cancel " + wrong))
                    .get()
                    .isInstanceOfSatisfying(
                            Input.Unreadable.class,
                            unreadable -> assertThat(unreadable.why()).contains("4 to 32 digits"));
    }
}
