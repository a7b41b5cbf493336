package parley.messages.group;

import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.Fuzzing;
import parley.messages.group.EntryFuzzTarget.Known;

/** Fuzzes what a registry can hand out as the log of a group. */
class EntryFuzzTest {
    /** Some entries; more of them are read no otherwise. */
    private static final int INPUT_BYTES_MAX = 1_700;

    private final Random random = new Random(1);

    @Test
    void noInputBreaksTheParserOfEntriesOrIsTakenForSigned() throws Exception {
        Fuzzing.fuzz(EntryFuzzTarget.class, this::some, INPUT_BYTES_MAX);
    }

    private ByteString some() {
        int to = 2 + random.nextInt(Known.WHOLE.size() - 1);
        return EntryRow.encode(Known.WHOLE.entries().subList(1, to));
    }
}
