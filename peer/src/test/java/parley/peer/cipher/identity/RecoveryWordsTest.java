package parley.peer.cipher.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import parley.peer.cipher.primitive.Secret;

class RecoveryWordsTest {
    /** From BIP-39's own vectors, those of 256 bits. */
    @Test
    void theWordsAreThoseOfBip39() {
        assertThat(RecoveryWords.of(Secret.of(new byte[32]))).isEqualTo("abandon ".repeat(23) + "art");
        assertThat(RecoveryWords.of(hex("7f".repeat(32))))
                .isEqualTo(
                        "legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth"
                                + " useful legal winner thank year wave sausage worth title");
        assertThat(RecoveryWords.of(hex("ff".repeat(32)))).isEqualTo("zoo ".repeat(23) + "vote");
        assertThat(RecoveryWords.of(hex("f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f")))
                .isEqualTo(
                        "void come effort suffer camp survey warrior heavy shoot primary clutch crush open amazing screen"
                                + " patrol group space point ten exist slush involve unfold");
    }

    @Test
    void wordsLeadBackToTheirKeyHoweverTheyAreTyped() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            var bytes = new byte[32];
            random.nextBytes(bytes);
            var words = RecoveryWords.of(Secret.of(bytes.clone()));
            var shortened = String.join(
                    "\t ",
                    Arrays.stream(words.split(" "))
                            .map(w -> w.substring(0, Math.min(4, w.length())))
                            .toList());
            for (var typed : new String[] {words, "  " + words.toUpperCase(java.util.Locale.ROOT) + "\n", shortened})
                assertThat(RecoveryWords.read(typed))
                        .as("seed %d", seed)
                        .isEqualTo(new RecoveryWords.Good(Secret.of(bytes.clone())));
        }
    }

    @Test
    void whatIsWrongIsSaidWithoutTheWords() {
        assertThat(RecoveryWords.read("")).isInstanceOf(RecoveryWords.Bad.class);
        assertThat(RecoveryWords.read("zoo ".repeat(23)))
                .isEqualTo(new RecoveryWords.Bad("23 words, expected the 24 that were shown at sign-up"));
        assertThat(RecoveryWords.read("zoo ".repeat(22) + "zooxx vote"))
                .isEqualTo(new RecoveryWords.Bad(
                        "Word 23 is none of the list, expected the 24 that were shown at sign-up"));
        assertThat(RecoveryWords.read("zoo ".repeat(24)))
                .isEqualTo(new RecoveryWords.Bad("The words don't fit together: one is wrong, or two are exchanged"));
    }

    private static Secret hex(String hex) {
        return Secret.of(HexFormat.of().parseHex(hex));
    }
}
