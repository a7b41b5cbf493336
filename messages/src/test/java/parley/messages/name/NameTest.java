package parley.messages.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "alice", "a.b_c-d", "007", "..", "abcdefghijklmnopqrstuvwxyz012345"})
    void whatIsAllowedStaysAsItIs(String text) {
        assertThat(new UserName(text).text()).isEqualTo(text);
        assertThat(new GroupName(text)).hasToString(text);
    }

    @Test
    void upperCaseIsFoldedSoThatBothSpellingsAreOneUser() {
        assertThat(new UserName("Alice-Z")).isEqualTo(new UserName("alice-z"));
        assertThat(new GroupName("TEAM")).isEqualTo(new GroupName("team"));
    }

    @Test
    void hostileNamesAreRefused() {
        Stream.of(
                        "", // nothing
                        " ",
                        "a b",
                        "a\tb",
                        "a\n", // blanks
                        "a".repeat(33),
                        "a".repeat(1_000_000), // too long
                        "a:b",
                        "a,b",
                        "a;b",
                        "[a]",
                        "a/b",
                        "a\\b", // the protocol's and the file system's own marks
                        "\u212Aate", // the Kelvin sign, which Unicode folds to a k
                        "\u0130", // a dotted I, which Unicode folds to two characters
                        "аlice", // a Cyrillic a
                        "ａlice", // a wide a
                        "٣", // an Arabic three
                        "a\u200b",
                        "\u202ea",
                        "a\u0000",
                        "\u001b[2J",
                        "a\u0301", // invisible, turning, controlling
                        "😀",
                        "\ud83d",
                        "\ufffd")
                .forEach(text -> {
                    assertThatThrownBy(() -> new UserName(text)).as(text).isInstanceOf(BadName.class);
                    assertThatThrownBy(() -> new GroupName(text)).as(text).isInstanceOf(BadName.class);
                });
    }

    /** A refusal travels in an {@code Error:} reply, which has no room for colons, and repeats nothing it was given. */
    @Test
    void aRefusalSaysWhatIsAllowedAndNotWhatWasTyped() {
        assertThatThrownBy(() -> new UserName("\u001b[31mred"))
                .isInstanceOfSatisfying(
                        BadName.class,
                        bad -> assertThat(bad.why())
                                .isEqualTo("Bad user name, expected 1 to 32 of a-z 0-9 _ . -")
                                .isEqualTo(bad.getMessage()));
        assertThatThrownBy(() -> new GroupName(""))
                .hasMessageStartingWith("Bad group name")
                .hasMessageNotContaining(":");
    }

    @Test
    void namesSortAsTheirTextDoes() {
        assertThat(Stream.of("b", "a", "a-", "a.", "10", "9").map(UserName::new).sorted())
                .extracting(UserName::text)
                .containsExactly("10", "9", "a", "a-", "a.", "b");
        assertThat(Stream.of("b", "a").map(GroupName::new).sorted())
                .containsExactly(new GroupName("a"), new GroupName("b"));
    }
}
