package parley.peer.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class HexTest {
    @Test
    void everyByteGoesThereAndBack() {
        var all = new byte[256];
        for (int i = 0; i < all.length; i++) all[i] = (byte) i;
        var hex = HexFormat.of().formatHex(all);
        assertThat(Hex.encode(all).utf8String()).isEqualTo(hex);
        assertThat(Hex.decode(ByteString.fromString(hex))).isEqualTo(all);
        assertThat(Hex.decode(
                        ByteString.fromString(HexFormat.of().withUpperCase().formatHex(all))))
                .isEqualTo(all);
    }

    @Test
    void everythingElseIsNoHex() {
        for (int c = 0; c < 256; c++) {
            boolean digit = HexFormat.isHexDigit(c);
            var pair = ByteString.fromArray(new byte[] {'0', (byte) c});
            assertThat(Hex.decode(pair) != null).as("0x%02x", c).isEqualTo(digit);
        }
        assertThat(Hex.decode(ByteString.fromString("abc"))).isNull();
    }
}
