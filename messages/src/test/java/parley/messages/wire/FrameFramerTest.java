package parley.messages.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that a connection may do to frames. */
class FrameFramerTest {
    private final FrameFramer framer = new FrameFramer();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 13, 1460, 16_384, 10_000_000})
    void framesArriveHoweverTheyAreCut(int cut) {
        var seeded = new Seeded();
        var sent = Stream.generate(seeded::frame).limit(50).toList();
        var bytes = sent.stream().map(FrameCodec::encode).reduce(ByteString.emptyByteString(), ByteString::concat);
        var came = new ArrayList<Frame>();
        for (int at = 0; at < bytes.size(); at += cut) {
            framer.add(bytes.slice(at, at + cut));
            came.addAll(frames());
        }
        assertThat(came).as(seeded.shown()).isEqualTo(sent);
        assertThat(framer.isEmpty()).isTrue();
    }

    @Test
    void aLengthIsHeldAgainstItsLimitBeforeItsBytesCome() {
        Stream.of(new int[] {0, 0, 0, 0}, new int[] {0, 1, 5, 0x55}, new int[] {0x80, 0, 0, 0}, new int[] {
                    0xff, 0xff, 0xff, 0xff
                })
                .forEach(length -> {
                    var fresh = new FrameFramer();
                    fresh.add(ByteString.fromInts(length));
                    assertThatThrownBy(fresh::next)
                            .isInstanceOf(MalformedFrame.class)
                            .hasMessageContaining("expected 1 to 66900");
                });
        framer.add(ByteString.fromInts(0, 1, 5, 0x54));
        assertThat(framer.next()).isNull();
    }

    @Test
    void whatWasFoundIsSaid() {
        framer.add(ByteString.fromString("GET / HTTP/1.1"));
        assertThatThrownBy(framer::next).hasMessage("a length of 1195725856 (47 45 54 20), expected 1 to 66900");
    }

    @Test
    void theFramesBeforeOneThatIsNoneAreRead() {
        var good = new Frame.Ping(7);
        framer.add(FrameCodec.encode(good).concat(ByteString.fromInts(0, 0, 0, 1, 99)));
        assertThat(framer.next()).isEqualTo(good);
        assertThatThrownBy(framer::next).isInstanceOf(MalformedFrame.class).hasMessageContaining("kind 99");
    }

    private List<Frame> frames() {
        var frames = new ArrayList<Frame>();
        for (var next = framer.next(); next != null; next = framer.next()) frames.add(next);
        return frames;
    }
}
