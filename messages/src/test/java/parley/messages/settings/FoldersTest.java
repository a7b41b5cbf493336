package parley.messages.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoldersTest {
    static final Path HOME = Path.of("/home/alice");

    @Test
    void areBelowHomeUnlessGiven() {
        var folders = Folders.of(Map.of(), HOME);
        assertThat(folders.data()).isEqualTo(Path.of("/home/alice/.local/share/parley"));
        assertThat(folders.config()).isEqualTo(Path.of("/home/alice/.config/parley"));
    }

    @Test
    void followXdg() {
        var folders = Folders.of(Map.of("XDG_DATA_HOME", "/data", "XDG_CONFIG_HOME", "/etc/alice"), HOME);
        assertThat(folders.data()).isEqualTo(Path.of("/data/parley"));
        assertThat(folders.config()).isEqualTo(Path.of("/etc/alice/parley"));
    }

    @Test
    void ignoreARelativePathAsTheStandardSays() {
        assertThat(Folders.of(Map.of("XDG_DATA_HOME", "data"), HOME).data())
                .isEqualTo(Path.of("/home/alice/.local/share/parley"));
    }
}
