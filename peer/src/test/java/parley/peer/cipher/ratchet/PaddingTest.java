package parley.peer.cipher.ratchet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Five sizes, and one way to fill each. */
class PaddingTest {
    @ParameterizedTest
    @CsvSource({
        "0, 256",
        "255, 256",
        "256, 1024",
        "1023, 1024",
        "1024, 4096",
        "4095, 4096",
        "4096, 16384",
        "16383, 16384",
        "16384, 65536",
        "61440, 65536",
        "65535, 65536"
    })
    void aTextTakesTheSmallestSizeWithRoomForTheMark(int content, int size) {
        var text = new byte[content];
        new Random(content).nextBytes(text);
        var padded = Padding.pad(text);
        assertThat(padded).hasSize(size);
        assertThat(padded[content]).isEqualTo((byte) 0x80);
        assertThat(Padding.unpad(padded)).isEqualTo(text);
        assertThat(padded).as("wiped").containsOnly(0);
    }

    @Test
    void moreThanTheLargestIsRefused() {
        assertThatThrownBy(() -> Padding.pad(new byte[65_536])).hasMessageContaining("at most 65535");
        assertThat(Padding.TEXT_BYTES_MAX).isLessThan(Padding.CONTENT_BYTES_MAX);
    }

    @Test
    void whatIsNotPaddedLikeThisIsRefused() {
        assertThat(Padding.unpad(new byte[256])).as("no mark").isNull();
        assertThat(Padding.unpad(new byte[0])).isNull();
        assertThat(Padding.unpad(Arrays.copyOf(new byte[] {(byte) 0x80}, 255)))
                .as("no size")
                .isNull();
        assertThat(Padding.unpad(Arrays.copyOf(new byte[] {1, (byte) 0x80}, 1024)))
                .as("too large")
                .isNull();
        var other = Padding.pad(new byte[10]);
        other[200] = 1;
        assertThat(Padding.unpad(other)).as("something after the mark").isNull();
    }
}
