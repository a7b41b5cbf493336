package parley.messages.directory;

import org.junit.jupiter.api.Test;
import parley.messages.Fuzzing;

class DirectoryFuzzTest {
    /** A request with statements and prekeys; a longer one only tells that it is too long. */
    private static final int INPUT_BYTES_MAX = 8_000;

    private final Seeded seeded = new Seeded();

    @Test
    void noInputBreaksAParserOfLines() throws Exception {
        Fuzzing.fuzz(
                FuzzTargets.Lines.class,
                () -> switch (seeded.random.nextInt(3)) {
                    case 0 -> RequestCodec.encode(seeded.tag(), seeded.request());
                    case 1 -> ReplyCodec.encode(seeded.tag(), seeded.replyTo(seeded.request()));
                    default -> PushCodec.encode(seeded.push());
                },
                INPUT_BYTES_MAX);
    }
}
