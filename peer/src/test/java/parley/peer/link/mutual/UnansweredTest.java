package parley.peer.link.mutual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.wire.Envelope;
import parley.messages.wire.MessageId;

class UnansweredTest {
    private final Unanswered unanswered = new Unanswered(256 * 1024);

    @Test
    void fourOfTheLargestFillIt() {
        int came = 0;
        for (; unanswered.hasRoom(); came++) unanswered.came(envelope(came, Envelope.MESSAGE_BYTES_MAX));
        assertThat(came).isEqualTo(4);
        unanswered.answered(List.of(id(2)));
        assertThat(unanswered.hasRoom()).isTrue();
    }

    @Test
    void aFloodOfTheSmallestFillsItToo() {
        int came = 0;
        for (; unanswered.hasRoom(); came++) unanswered.came(envelope(came, 0));
        assertThat(came).isEqualTo(2_048);
    }

    @Test
    void whatCameTwiceIsAnsweredAtOnceAndLeavesNothingBehind() {
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < 3; i++) unanswered.came(envelope(7, Envelope.MESSAGE_BYTES_MAX));
            unanswered.answered(List.of(id(7), id(8)));
            assertThat(unanswered.hasRoom()).isTrue();
        }
        var ids = new ArrayList<MessageId>();
        for (int i = 0; i < 2_047; i++) {
            unanswered.came(envelope(i, 0));
            ids.add(id(i));
        }
        assertThat(unanswered.hasRoom()).isTrue();
        unanswered.answered(ids);
    }

    private static Envelope envelope(int number, int bytes) {
        return new Envelope(id(number), ByteString.fromArray(new byte[bytes]));
    }

    private static MessageId id(int number) {
        return new MessageId(
                ByteString.fromInts(number >> 8, number & 0xff).concat(ByteString.fromArray(new byte[14])));
    }
}
