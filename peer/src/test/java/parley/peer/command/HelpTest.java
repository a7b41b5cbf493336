package parley.peer.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HelpTest {
    @Test
    void allCommandsFitATerminal() {
        assertThat(Help.on(null).lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void everyCommandIsExplained(Verb verb) {
        for (var form : verb.forms()) {
            assertThat(Help.on(null)).contains(form);
            assertThat(Help.on(verb.word())).contains(form);
            assertThat(Help.on(verb.name())).contains(verb.purpose());
        }
    }

    @Test
    void anUnknownCommandIsNamedAndAllAreShown() {
        assertThat(Help.on("snd"))
                .startsWith("Unknown command snd. Did you mean send?")
                .contains("MEMBERS");
    }
}
