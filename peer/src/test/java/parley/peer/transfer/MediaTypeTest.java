package parley.peer.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class MediaTypeTest {
    @Test
    void theFirstBytesTell() {
        assertThat(hex("89504e470d0a1a0a0000")).isEqualTo("image/png");
        assertThat(hex("ffd8ffe0")).isEqualTo("image/jpeg");
        assertThat(hex("52494646000000005745425056503820")).isEqualTo("image/webp");
        assertThat(hex("000000186674797069736f6d")).isEqualTo("video/mp4");
        assertThat(text("%PDF-1.7")).isEqualTo("application/pdf");
    }

    @Test
    void aTextIsOneAlsoWhereItsLastLetterIsCut() {
        assertThat(text("Grüße\n")).isEqualTo("text/plain");
        assertThat(hex("4772c3")).isEqualTo("text/plain");
    }

    @Test
    void allElseIsBytes() {
        assertThat(hex("")).isEqualTo("application/octet-stream");
        assertThat(hex("00")).isEqualTo("application/octet-stream");
        assertThat(hex("c3")).isEqualTo("application/octet-stream");
        assertThat(hex("4141ff414141")).isEqualTo("application/octet-stream");
    }

    private static String hex(String bytes) {
        return MediaType.of(ByteString.fromArray(HexFormat.of().parseHex(bytes)));
    }

    private static String text(String text) {
        return MediaType.of(ByteString.fromString(text));
    }
}
