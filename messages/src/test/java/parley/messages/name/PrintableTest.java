package parley.messages.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void ordinaryTextIsLeftAlone() {
        for (var text : new String[] {"", "hello ~", "Grüße, 東京 — été", "😀 👍", "שלום", "e\u0301"}) {
            assertThat(Printable.of(text)).isEqualTo(text);
        }
    }

    @Test
    void everyC0AndC1AndEscapeIsGoneOrABlank() {
        IntStream.concat(IntStream.range(0, 0x20), IntStream.rangeClosed(0x7f, 0x9f))
                .forEach(c -> assertThat(Printable.of("a" + Character.toString(c) + "b"))
                        .as("U+%04X", c)
                        .isIn("ab", "a b"));
        assertThat(Printable.of("\u001b[2J\u001b]0;owned\u0007x\u009b31m")).isEqualTo("[2J]0;ownedx31m");
    }

    @Test
    void aLineBreakIsOneBlankWhateverSystemItCameFrom() {
        for (var text :
                new String[] {"a\nb", "a\r\nb", "a\tb", "a\u0085b", "a\u2028b", "a\u2029b", "a\fb", "a\u000bb"}) {
            assertThat(Printable.of(text)).isEqualTo("a b");
        }
        assertThat(Printable.of("safe\rrm -rf")).isEqualTo("saferm -rf");
    }

    @Test
    void nothingTurnsTheReadingDirection() {
        for (int c : new int[] {
            0x061c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069
        }) {
            assertThat(Printable.of("invoice" + Character.toString(c) + "fdp.exe"))
                    .isEqualTo("invoicefdp.exe");
        }
    }

    @Test
    void nothingInvisibleIsLeft() {
        for (int c : new int[] {
            0x00ad, 0x034f, 0x115f, 0x1160, 0x17b4, 0x180b, 0x180e, 0x200b, 0x200c, 0x200d, 0x2060, 0x2064, 0x2065,
            0x206f, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff0, 0xfff9, 0xe0001, 0xe0041, 0xe0100, 0xe0fff
        }) {
            assertThat(Printable.of("ali" + Character.toString(c) + "ce"))
                    .as("U+%04X", c)
                    .isEqualTo("alice");
        }
    }

    @Test
    void halfASurrogatePairIsDroppedAndAWholeOneKept() {
        assertThat(Printable.of("a\ud83d!\ude00b😀")).isEqualTo("a!b😀");
    }

    @Test
    void whatWasMadeSafeStaysAsItIs() {
        long seed = Long.getLong("seed", System.nanoTime()); // in the failure message: run again with -Dseed=
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 10_000; i++) {
            var text = random.ints(random.nextInt(40), 0, 0x11_0000)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            var shown = Printable.of(text);
            assertThat(Printable.of(shown)).as("seed %d", seed).isEqualTo(shown);
            assertThat(shown.codePoints().map(Character::getType))
                    .as("seed %d", seed)
                    .doesNotContain(
                            (int) Character.CONTROL,
                            (int) Character.FORMAT,
                            (int) Character.SURROGATE,
                            (int) Character.LINE_SEPARATOR,
                            (int) Character.PARAGRAPH_SEPARATOR);
        }
    }
}
