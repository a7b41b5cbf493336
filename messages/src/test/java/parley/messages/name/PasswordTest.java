package parley.messages.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {
    @ParameterizedTest
    @ValueSource(strings = {"x", "Correct-Horse", "pä:ss[,;]", "😀", "%s%n"})
    void anyVisibleCharacterWillDo(String text) {
        assertThat(new Password(text).text()).isEqualTo(text);
    }

    @Test
    void caseMatters() {
        assertThat(new Password("secret")).isNotEqualTo(new Password("Secret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "canary x",
                "canary\t",
                "\ncanary",
                "canary\u0000",
                "canary\u2028",
                "\u001bcanary",
                "canary\u0085"
            })
    void blanksAndControlsAreRefused(String text) {
        assertThatThrownBy(() -> new Password(text)).isInstanceOf(BadName.class);
    }

    @Test
    void halfASurrogatePairIsRefusedBecauseAllOfThemWouldBeOnePassword() {
        assertThatThrownBy(() -> new Password("canary\ud83d")).isInstanceOf(BadName.class);
        assertThatThrownBy(() -> new Password("\ude00canary")).isInstanceOf(BadName.class);
    }

    @Test
    void longOnesEndWhereTheyOnlyCostTime() {
        assertThat(new Password("x".repeat(128)).text()).hasSize(128);
        assertThatThrownBy(() -> new Password("x".repeat(129))).isInstanceOf(BadName.class);
    }

    @Test
    void neitherItselfNorItsRefusalPrintsIt() {
        assertThat(new Password("canary")).hasToString("redacted");
        assertThatThrownBy(() -> new Password("canary canary"))
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }
}
