package parley.messages.wire;

import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.Fuzzing;

/** Fuzzes what a contact, or the registry in his name, can send. */
class EnvelopeFuzzTest {
    private static final int INPUT_BYTES_MAX = 2_100;

    private final SeededContent seeded = new SeededContent(1);

    @Test
    void noInputBreaksAParserOfEnvelopesOrContents() throws Exception {
        Fuzzing.fuzz(EnvelopeFuzzTarget.class, this::either, INPUT_BYTES_MAX);
    }

    private ByteString either() {
        return seeded.random.nextBoolean()
                ? EnvelopeCodec.encode(seeded.envelope())
                : ContentCodec.encode(seeded.content()).take(INPUT_BYTES_MAX);
    }
}
