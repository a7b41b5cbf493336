package parley.proving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import parley.proving.process.Launch;

/** The terminal itself, with a shell's own line editor in the program's place. */
@Isolated("It says where the launcher is, for all in this process.")
class TmuxTest {
    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @BeforeEach
    void aProgramThatEditsLines() throws IOException {
        var script = Files.writeString(folder.resolve("fake"), """
                #!/bin/bash
                echo "run as $*"
                while read -e -p 'you> ' line; do echo "got $line."; done
                exit 7
                """);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        System.setProperty("parley.launcher", script.toString());
    }

    @AfterEach
    void forget() {
        System.clearProperty("parley.launcher");
    }

    @Test
    void keysGoInLinesComeOutAndTheExitCodeIsShown() throws Exception {
        try (var terminal = Tmux.start(
                folder, Launch.bare("peer", folder.resolve("it's home")).flag("--classic"))) {
            terminal.awaitText("run as peer --classic", SOON);
            terminal.type("half a li");
            terminal.awaitTyped("you> half a li", SOON);
            terminal.enter("ne; $HOME");
            terminal.awaitText("got half a line; $HOME.", SOON);
            terminal.press("C-d");
            terminal.awaitText("left with 7", SOON);
        }
    }

    @Test
    void everythingThatScrolledAwayCanBeRead() throws Exception {
        try (var terminal = Tmux.start(folder, Launch.bare("peer", folder))) {
            for (int n = 0; n < 100; n++) terminal.enter("line " + n);
            terminal.awaitText("got line 99.", SOON);

            assertThat(terminal.lines()).contains("got line 0.", "got line 50.");
        }
    }

    @Test
    void whatDoesNotComeIsAFailureThatShowsTheScreen() throws Exception {
        try (var terminal = Tmux.start(folder, Launch.bare("peer", folder))) {
            terminal.awaitTyped("you>", SOON);

            assertThatThrownBy(() -> terminal.awaitText("me>", Duration.ofMillis(100)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("no 'me>' within 100 ms")
                    .hasMessageContaining("you>");
        }
    }
}
