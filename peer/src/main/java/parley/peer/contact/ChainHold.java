package parley.peer.contact;

import java.util.ArrayList;
import java.util.List;

/** Envelopes that wait for their sender's chain, a few of them. Mutable; its actor's alone. */
final class ChainHold {
    /** As many as a stranger may have waiting at all. */
    private static final int ENVELOPES_MAX = Waiting.TEXTS_MAX;

    private static final long BYTES_MAX = Waiting.BYTES_MAX;

    private final List<ContactCommand.Open> held = new ArrayList<>();
    private long bytes;
    private boolean asked;

    /** Whether there was room. */
    boolean add(ContactCommand.Open open) {
        int size = open.envelope().message().size();
        if (held.size() >= ENVELOPES_MAX || bytes + size > BYTES_MAX) return false;
        held.add(open);
        bytes += size;
        return true;
    }

    /** Whether the chain is to be asked for: once for all that wait. */
    boolean asks() {
        boolean first = !asked;
        asked = true;
        return first;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    List<ContactCommand.Open> release() {
        var all = List.copyOf(held);
        held.clear();
        bytes = 0;
        asked = false;
        return all;
    }
}
