package parley.messages.wire;

import org.junit.jupiter.api.Test;
import parley.messages.Fuzzing;

/** Fuzzes what cuts and reads frames. */
class FrameFuzzTest {
    /** An ACK of 255 ids is the longest that has more than opaque bytes in it. */
    private static final int INPUT_BYTES_MAX = 4_200;

    private final Seeded seeded = new Seeded();

    @Test
    void noInputBreaksTheReaderOfFrames() throws Exception {
        Fuzzing.fuzz(
                FrameFuzzTarget.class, () -> FrameCodec.encode(seeded.frame()).take(INPUT_BYTES_MAX), INPUT_BYTES_MAX);
    }
}
