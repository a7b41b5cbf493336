package parley.messages.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** What was written is read, and nothing else. */
class FieldReaderTest {
    @Test
    void integersAreBigEndianAndUnsigned() {
        var bytes = new FieldWriter()
                .u8(0xff)
                .u16(0xfffe)
                .u32(0xffff_fffdL)
                .u63(Long.MAX_VALUE)
                .ascii("ok")
                .toByteString();
        assertThat(bytes)
                .isEqualTo(ByteString.fromInts(
                        0xff, 0xff, 0xfe, 0xff, 0xff, 0xff, 0xfd, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2,
                        'o', 'k'));
        var in = new FieldReader(bytes);
        assertThat(in.u8()).isEqualTo(0xff);
        assertThat(in.u16()).isEqualTo(0xfffe);
        assertThat(in.u32()).isEqualTo(0xffff_fffdL);
        assertThat(in.u63()).isEqualTo(Long.MAX_VALUE);
        assertThat(in.ascii()).isEqualTo("ok");
        in.end();
    }

    @Test
    void whatEndsEarlyIsRefusedBeforeAnythingIsAllocated() {
        Stream.<Consumer<FieldReader>>of(
                        FieldReader::u8,
                        FieldReader::u16,
                        FieldReader::u32,
                        FieldReader::u63,
                        FieldReader::ascii,
                        FieldReader::flag,
                        in -> in.bytes(Integer.MAX_VALUE))
                .forEach(read -> assertThatThrownBy(() -> read.accept(new FieldReader(ByteString.emptyByteString())))
                        .isInstanceOf(MalformedFields.class)
                        .hasMessageContaining("0 bytes left"));
    }

    @Test
    void nothingHasASecondForm() {
        assertThatThrownBy(() -> of(0).end()).hasMessageContaining("1 bytes after the end");
        assertThatThrownBy(() -> of(2).flag()).hasMessageContaining("flag 2");
        assertThatThrownBy(() -> of(0x80, 0, 0, 0, 0, 0, 0, 0).u63()).isInstanceOf(MalformedFields.class);
        assertThatThrownBy(() -> of(1, 0x80).ascii()).isInstanceOf(MalformedFields.class);
        assertThatThrownBy(() -> of(1, 0x1b).ascii()).isInstanceOf(MalformedFields.class);
    }

    @Test
    void aNumberThatDoesNotFitIsNotCut() {
        assertThatThrownBy(() -> new FieldWriter().u8(256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FieldWriter().u32(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static FieldReader of(int... bytes) {
        return new FieldReader(ByteString.fromInts(bytes));
    }
}
