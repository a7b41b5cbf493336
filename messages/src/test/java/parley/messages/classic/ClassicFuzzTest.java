package parley.messages.classic;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import parley.messages.Fuzzing;

/** Fuzzes the classic parsers, side by side: each in a process of its own. */
@Execution(ExecutionMode.CONCURRENT)
class ClassicFuzzTest {
    /** A chunk is the longest message; longer input only tells that it is too long. */
    private static final int INPUT_BYTES_MAX = 2_100;

    private final Seeded seeded = new Seeded();

    @Test
    void noInputBreaksAParserOfRequests() throws Exception {
        Fuzzing.fuzz(FuzzTargets.Requests.class, () -> RequestCodec.encode(seeded.request()), INPUT_BYTES_MAX);
    }

    @Test
    void noInputBreaksAParserOfPeerMessages() throws Exception {
        Fuzzing.fuzz(
                FuzzTargets.PeerMessages.class,
                () -> switch (seeded.random.nextInt(4)) {
                    case 0 -> PeerCodec.encode(seeded.publicValue()).take(16);
                    case 1 -> PeerCodec.encode(seeded.text()).take(64);
                    case 2 -> PeerCodec.encode(seeded.fileOffer());
                    default -> seeded.hex(2 * seeded.random.nextInt(8)).concat(seeded.bytes(PeerCodec.IV_BYTES));
                },
                INPUT_BYTES_MAX);
    }

    @Test
    void noInputBreaksAParserOfReplies() throws Exception {
        Fuzzing.fuzz(
                FuzzTargets.Replies.class,
                () -> {
                    var asked = seeded.request();
                    return ReplyCodec.encode(
                            asked instanceof Request.Exit ? new Reply.Refused("no") : seeded.replyTo(asked));
                },
                INPUT_BYTES_MAX);
    }
}
