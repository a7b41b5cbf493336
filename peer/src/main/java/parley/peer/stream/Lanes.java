package parley.peer.stream;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The files that streams may be about, and which of them has one. Safe for threads.
 *
 * <pre>
 *   idle --we call--&gt; calling --answered--&gt; running --its end--&gt; idle
 *    |                   `--the sender calls us, who receive--&gt; running, and our call is aborted
 *    `--they call--&gt; running                                    running --any call--&gt; refused
 *   calling --closed--&gt; closing --answered--&gt; running, until they were told why
 * </pre>
 */
final class Lanes {
    private enum State {
        IDLE,
        CALLING,
        RUNNING
    }

    private static final class Entry {
        final Lane lane;
        Supplier<End> end;
        State state = State.IDLE;

        @Nullable
        StreamPort port;

        Entry(Lane lane, Supplier<End> end) {
            this.lane = lane;
            this.end = end;
        }
    }

    /** What a stream is about. */
    record Claim(Lane lane, End end) {}

    private final Map<ByteString, Entry> byTag = new HashMap<>();

    /** Calls of ours that were closed before they were answered: whoever answers is told why. */
    private final Map<StreamPort, Entry> closing = new HashMap<>();

    /** @param end for the next stream; one that runs goes on */
    synchronized void open(Lane lane, Supplier<End> end) {
        byTag.computeIfAbsent(lane.tag(), tag -> new Entry(lane, end)).end = end;
    }

    /** No more streams of it. */
    synchronized Optional<StreamPort> close(Lane lane) {
        var entry = byTag.remove(lane.tag());
        if (entry == null || entry.port == null) return Optional.empty();
        if (entry.state == State.CALLING) closing.put(entry.port, entry);
        return Optional.of(entry.port);
    }

    /** Ours, before we dial. */
    synchronized boolean call(Lane lane, StreamPort port) {
        var entry = byTag.get(lane.tag());
        if (entry == null || entry.state != State.IDLE) return false;
        entry.state = State.CALLING;
        entry.port = port;
        return true;
    }

    synchronized boolean isBusy(Lane lane) {
        var entry = byTag.get(lane.tag());
        return entry != null && entry.state != State.IDLE;
    }

    /** Our call was answered, if it is still the one that counts. */
    synchronized Optional<Claim> answered(Lane lane, StreamPort port) {
        var closed = closing.remove(port);
        if (closed != null) return Optional.of(new Claim(closed.lane, closed.end.get()));
        var entry = byTag.get(lane.tag());
        if (entry == null || entry.state != State.CALLING || !port.equals(entry.port)) return Optional.empty();
        entry.state = State.RUNNING;
        return Optional.of(new Claim(entry.lane, entry.end.get()));
    }

    /** Somebody calls us. When both call at once it is the sender's call that counts. */
    synchronized Optional<Claim> called(Greeting theirs, StreamPort port) {
        var entry = byTag.get(theirs.tag());
        if (entry == null || entry.lane.weSend() == theirs.sends() || entry.state == State.RUNNING)
            return Optional.empty();
        if (entry.state == State.CALLING) {
            if (entry.lane.weSend()) return Optional.empty();
            if (entry.port != null) entry.port.abort();
        }
        entry.state = State.RUNNING;
        entry.port = port;
        return Optional.of(new Claim(entry.lane, entry.end.get()));
    }

    /** That stream, or that call, is over. */
    synchronized void over(Lane lane, StreamPort port) {
        closing.remove(port);
        var entry = byTag.get(lane.tag());
        if (entry == null || !port.equals(entry.port)) return;
        entry.state = State.IDLE;
        entry.port = null;
    }
}
