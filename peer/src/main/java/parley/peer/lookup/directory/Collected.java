package parley.peer.lookup.directory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.messages.directory.Push;

/**
 * The envelopes that were pushed over a connection and that nobody has asked the registry to delete. A mailbox holds only
 * so many: a registry that pushes more makes them up, and would fill our memory with them.
 */
final class Collected {
    /** What a mailbox holds; docs/PROTOCOL.md §8. */
    private static final int ENVELOPES_MAX = 1_000;

    private static final long BYTES_MAX = 64L * 1024 * 1024;

    private final Map<Long, Integer> bytesOf = new HashMap<>();
    private long bytes;

    void pushed(Push.Envelope envelope) {
        int size = envelope.envelope().size();
        // The same one is pushed again to whoever collects again.
        var before = bytesOf.put(envelope.serial(), size);
        bytes += size - (before == null ? 0 : before);
    }

    void acknowledged(List<Long> serials) {
        for (var serial : serials) {
            var size = bytesOf.remove(serial);
            if (size != null) bytes -= size;
        }
    }

    boolean isMoreThanAMailbox() {
        return bytesOf.size() > ENVELOPES_MAX || bytes > BYTES_MAX;
    }
}
