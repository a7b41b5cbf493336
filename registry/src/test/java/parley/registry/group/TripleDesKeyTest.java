package parley.registry.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TripleDesKeyTest {
    private static final String GOOD = "0102030405060708" + "1112131415161718" + "2122232425262728";

    /** Each with two equal keys once the lowest bit of every byte is ignored. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0102030405060708 0102030405060708 2122232425262728", // K1 is K2
                "0102030405060708 1112131415161718 1112131415161718", // K2 is K3
                "0102030405060708 1112131415161718 0102030405060708", // K1 is K3
                "0102030405060708 0002030405060708 2122232425262728", // K1 is K2 but for one parity bit
                "0102030405060708 1112131415161718 1013121514171619", // K2 is K3 but for every parity bit
                "0000000000000000 0101010101010101 0000000000000001" // all three
            })
    void aDegenerateKeyIsRefusedAndDrawnAnew(String spaced) {
        var degenerate = spaced.replace(" ", "");
        assertThatThrownBy(() -> TripleDesKey.ofHex(degenerate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(degenerate);
        var draws = new ArrayDeque<>(List.of(degenerate, degenerate, GOOD));
        var drawn = TripleDesKey.draw(into -> fill(into, draws.remove()));
        assertThat(drawn.hex()).isEqualTo(GOOD);
    }

    @Test
    void keysThatDifferInOneBitThatIsNoParityAreDifferent() {
        var nearly = "0102030405060708" + "0302030405060708" + "0102030405060728";
        assertThat(TripleDesKey.draw(into -> fill(into, nearly)).hex()).isEqualTo(nearly);
    }

    @Test
    void aBrokenRandomSourceIsReportedRatherThanAskedForEver() {
        assertThatThrownBy(() -> TripleDesKey.draw(into -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the random source is broken");
    }

    @Test
    void aKeyOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> TripleDesKey.ofHex("0102")).hasMessage("a group key has 24 bytes, not 2");
    }

    @Test
    void drawnKeysDifferAndAreNotPrinted() {
        var random = new SecureRandom();
        var keys = IntStream.range(0, 100)
                .mapToObj(i -> TripleDesKey.draw(random::nextBytes))
                .toList();
        assertThat(keys)
                .doesNotHaveDuplicates()
                .allSatisfy(key -> assertThat(key).hasToString("redacted"));
    }

    private static void fill(byte[] into, String hex) {
        System.arraycopy(HexFormat.of().parseHex(hex), 0, into, 0, into.length);
    }
}
