package parley.messages.identity;

import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.Fuzzing;
import parley.messages.identity.StatementFuzzTarget.Known;

/** Fuzzes what a registry can hand out as somebody's chain, and as somebody's one-time prekeys. */
class StatementFuzzTest {
    private static final int INPUT_BYTES_MAX = 2_100;

    private final Random random = new Random(1);

    @Test
    void noInputBreaksAParserOfStatementsOrIsTakenForSigned() throws Exception {
        Fuzzing.fuzz(StatementFuzzTarget.class, this::either, INPUT_BYTES_MAX);
    }

    private ByteString either() {
        if (random.nextBoolean())
            return Known.ALICE.oneTime(random.nextInt(1_000)).encode();
        int to = 2 + random.nextInt(Known.WHOLE.statements().size() - 1);
        return StatementRow.encode(Known.WHOLE.statements().subList(1, to));
    }
}
