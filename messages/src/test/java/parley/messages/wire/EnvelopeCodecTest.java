package parley.messages.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.field.MalformedFields;

class EnvelopeCodecTest {
    private static final String ID = "000102030405060708090a0b0c0d0e0f";

    @Test
    void anEnvelopeIsAVersionAnIdAndTheMessage() {
        var envelope = new Envelope(MessageId.parse(ID), hex("aabbcc"));
        assertThat(EnvelopeCodec.encode(envelope)).isEqualTo(hex("01" + ID + "aabbcc"));
        assertThat(EnvelopeCodec.decode(hex("01" + ID + "aabbcc"))).isEqualTo(envelope);
    }

    @Test
    void theLongestHasTheBytesThatTheDocumentSays() {
        assertThat(EnvelopeCodec.BYTES_MAX).isEqualTo(66_831);
        var longest = new Envelope(MessageId.parse(ID), zeros(Envelope.MESSAGE_BYTES_MAX));
        assertThat(EnvelopeCodec.decode(EnvelopeCodec.encode(longest))).isEqualTo(longest);
    }

    @Test
    void whatIsTooLongOrTooShortOrOfAnotherVersionIsMalformed() {
        malformed(zeros(EnvelopeCodec.BYTES_MAX + 1));
        malformed(hex("01" + ID.substring(2)));
        malformed(hex("02" + ID + "aa"));
        malformed(hex("00" + ID + "aa"));
        malformed(ByteString.emptyByteString());
    }

    @Test
    void anIdIsReadAsItIsWritten() {
        assertThat(MessageId.parse(ID)).hasToString(ID);
        assertThatThrownBy(() -> MessageId.parse("0A0102030405060708090a0b0c0d0e0f"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MessageId.parse("00")).isInstanceOf(IllegalArgumentException.class);
    }

    private static void malformed(ByteString bytes) {
        assertThatThrownBy(() -> EnvelopeCodec.decode(bytes)).isInstanceOf(MalformedFields.class);
    }

    private static ByteString zeros(int count) {
        return ByteString.fromArray(new byte[count]);
    }

    private static ByteString hex(String digits) {
        return ByteString.fromArray(HexFormat.of().parseHex(digits));
    }
}
