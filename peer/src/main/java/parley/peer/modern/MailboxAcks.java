package parley.peer.modern;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Serials of envelopes that may be deleted from the mailbox: what is settled while one request is under way goes with the
 * next.
 *
 * <pre>
 *   idle --settled--&gt; asking --answered--&gt; idle, or asking for what has come together
 * </pre>
 */
final class MailboxAcks {
    /** As many as fit a line with room to spare. */
    static final int SERIALS_MAX = 500;

    private List<Long> waiting = new ArrayList<>();
    private boolean asking;

    void settled(long serial) {
        waiting.add(serial);
    }

    /** What to ask for now; empty while another request is under way. */
    Optional<List<Long>> next() {
        if (asking || waiting.isEmpty()) return Optional.empty();
        asking = true;
        int count = Math.min(waiting.size(), SERIALS_MAX);
        var now = List.copyOf(waiting.subList(0, count));
        waiting = new ArrayList<>(waiting.subList(count, waiting.size()));
        return Optional.of(now);
    }

    void answered() {
        asking = false;
    }

    /** With the connection all is forgotten: what was not deleted comes again, and is settled again. */
    void reset() {
        waiting.clear();
        asking = false;
    }
}
