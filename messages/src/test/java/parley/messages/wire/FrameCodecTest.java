package parley.messages.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;

/** The bytes of PROTOCOL.md §9, and everything that is none of them. */
class FrameCodecTest {
    private static final String ID = "00112233445566778899aabbccddeeff";
    private static final String ANOTHER = "ffeeddccbbaa99887766554433221100";
    private static final String HEAD = "ab".repeat(32);
    private static final String HELLO = ID + "05" + "616c696365" + "03" + "626f62" + "00000007" + HEAD;

    @Test
    void everyLayoutIsTheOneInProtocolMd() {
        assertThat(encoded(new Frame.Hello(
                        new RegistryId(hex(ID)), new UserName("alice"), new UserName("bob"), 7, hex(HEAD))))
                .isEqualTo("00000040" + "01" + "01" + HELLO);
        assertThat(encoded(new Frame.Ack(List.of(id(ID), id(ANOTHER)))))
                .isEqualTo("00000022" + "03" + "02" + ID + ANOTHER);
        assertThat(encoded(new Frame.Refused(id(ID), Reason.of(6)))).isEqualTo("00000012" + "04" + ID + "06");
        assertThat(encoded(new Frame.Ping(1))).isEqualTo("00000009" + "05" + "0000000000000001");
        assertThat(encoded(new Frame.Pong(Long.MAX_VALUE))).isEqualTo("00000009" + "06" + "7fffffffffffffff");
        assertThat(encoded(new Frame.Bye(Frame.Farewell.ANOTHER_LINK_SERVES))).isEqualTo("00000002" + "07" + "03");
    }

    @Test
    void anEnvelopeIsCarriedAsItIs() {
        var envelope = new Seeded().envelope();
        var bytes = EnvelopeCodec.encode(envelope);
        int length = bytes.size() + 1;
        assertThat(FrameCodec.encode(new Frame.Enveloped(envelope)))
                .isEqualTo(ByteString.fromInts(0, length >> 16, (length >> 8) & 0xff, length & 0xff, 2)
                        .concat(bytes));
    }

    @RepeatedTest(20)
    void whatIsWrittenIsRead() {
        var seeded = new Seeded();
        for (int i = 0; i < 200; i++) {
            var frame = seeded.frame();
            var bytes = FrameCodec.encode(frame);
            assertThat(bytes.size()).isLessThanOrEqualTo(FrameCodec.FRAME_BYTES_MAX);
            var read = FrameCodec.decode(bytes.drop(4));
            assertThat(read).as(seeded.shown()).isEqualTo(frame);
            assertThat(FrameCodec.encode(read)).as(seeded.shown()).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                               | 0 bytes left, expected 1, in a frame of 0 bytes that begins with nothing
                    00                               | kind 0, expected 1 to 7
                    08                               | kind 8, expected 1 to 7
                    10                               | kind 16, expected 1 to 7
                    474554202f20485454502f312e31     | kind 71, expected 1 to 7, in a frame of 14 bytes that begins with 47 45 54 20 2f 20 48 54
                    0102                             | HELLO of version 2, expected 1
                    0101                             | 0 bytes left, expected 16
                    03                               | 0 bytes left, expected 1
                    0300                             | an ACK of 0 ids, expected 1 to 255
                    0301                             | an ACK of 0 bytes for 1 ids
                    03ff0000                         | an ACK of 2 bytes for 255 ids
                    0400                             | 1 bytes left, expected 16
                    05ffffffffffffffff               | a number beyond 63 bits
                    0500                             | 1 bytes left, expected 8
                    060000000000000001ff             | 1 bytes after the end
                    07                               | 0 bytes left, expected 1
                    0700                             | a BYE of reason 0, expected 1 to 5
                    0706                             | a BYE of reason 6, expected 1 to 5
                    070100                           | 1 bytes after the end
                    """)
    void whatIsNoFrameIsRefusedForWhatItIs(String bytes, String why) {
        assertThatThrownBy(() -> FrameCodec.decode(hex(bytes)))
                .isInstanceOf(MalformedFrame.class)
                .hasMessageContaining(why);
    }

    @Test
    void anUpperCaseNameAndANameThatIsNoneAreRefused() {
        var capital = HELLO.replace("616c696365", "416c696365");
        var escape = HELLO.replace("616c696365", "612f696365");
        assertThatThrownBy(() -> FrameCodec.decode(hex("0101" + capital))).hasMessageContaining("upper case");
        assertThatThrownBy(() -> FrameCodec.decode(hex("0101" + escape))).isInstanceOf(MalformedFrame.class);
    }

    @Test
    void aHelloOfNoStatementsIsRefused() {
        var none = HELLO.replace("00000007", "00000000");
        assertThatThrownBy(() -> FrameCodec.decode(hex("0101" + none))).hasMessageContaining("a chain of 0 statements");
    }

    @Test
    void refusalsHaveOnlyTheReasonsThatAreKnown() {
        Stream.of("00", "09", "ff")
                .forEach(reason -> assertThatThrownBy(() -> FrameCodec.decode(hex("04" + ID + reason)))
                        .isInstanceOf(MalformedFrame.class));
    }

    @Test
    void aHelloPrintsNobodysName() {
        var hello = new Frame.Hello(new RegistryId(hex(ID)), new UserName("alice"), new UserName("bob"), 7, hex(HEAD));
        assertThat(hello.toString()).isEqualTo("Hello[7 statements]");
    }

    private static String encoded(Frame frame) {
        return HexFormat.of().formatHex(FrameCodec.encode(frame).toArrayUnsafe());
    }

    private static MessageId id(String hex) {
        return new MessageId(hex(hex));
    }

    private static ByteString hex(String digits) {
        return ByteString.fromArray(HexFormat.of().parseHex(digits));
    }
}
