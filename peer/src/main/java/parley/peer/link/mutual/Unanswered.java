package parley.peer.link.mutual;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.messages.wire.Envelope;
import parley.messages.wire.MessageId;

/** The envelopes that came over a link and were neither acknowledged nor refused; beyond a limit no more are read. */
final class Unanswered {
    /** What one costs beside its message, so that a flood of tiny ones is bounded too. */
    private static final long OVERHEAD_BYTES = 128L;

    private final long bytesMax;
    private final Map<MessageId, Long> bytesOf = new HashMap<>();
    private long bytes;

    Unanswered(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    void came(Envelope envelope) {
        long cost = OVERHEAD_BYTES + envelope.message().size();
        bytesOf.merge(envelope.id(), cost, Long::sum);
        bytes += cost;
    }

    void answered(List<MessageId> ids) {
        for (var id : ids) {
            var cost = bytesOf.remove(id);
            if (cost != null) bytes -= cost;
        }
    }

    boolean hasRoom() {
        return bytes < bytesMax;
    }
}
