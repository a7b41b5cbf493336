package parley.peer.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NeedleTest {
    @Test
    void caseDoesNotMatter() {
        assertThat(found("NeeDle", "hay needlE hay")).isTrue();
        assertThat(found("needle", "NEEDL")).isFalse();
        assertThat(found("[x", "{x [X")).isTrue();
        assertThat(found("@", "`")).isFalse();
    }

    @Test
    void nothingIsInEverything() {
        assertThat(found("", "")).isTrue();
        assertThat(found("", "text")).isTrue();
    }

    @Test
    void lettersThatBecomeAsciiInLowerCaseAreFound() {
        assertThat(found("kelvin", "300 \u212Aelvin")).isTrue();
        assertThat(found("\u212A", "OK")).isTrue();
        assertThat(found("ÖL", "öl")).isTrue();
        assertThat(found("öl", "oil")).isFalse();
    }

    @Test
    void itFindsWhatStringsInLowerCaseWouldFind() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var words = letters(random, 3);
            var text = letters(random, 12);
            assertThat(found(words, text))
                    .as("<%s> in <%s>, seed %d", words, text, seed)
                    .isEqualTo(text.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT)));
        }
    }

    private static String letters(Random random, int max) {
        var from = random.nextBoolean() ? "aAbB[{@" : "aAkK\u212A\u0130iIéÉ";
        var letters = new StringBuilder();
        for (int left = random.nextInt(max + 1); left > 0; left--)
            letters.append(from.charAt(random.nextInt(from.length())));
        return letters.toString();
    }

    /** With bytes around it that do not belong to it. */
    private static boolean found(String words, String text) {
        var bytes = ("aé" + text + "éa").getBytes(StandardCharsets.UTF_8);
        return Needle.of(words).isIn(bytes, 3, bytes.length - 3);
    }
}
