package parley.peer.script;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import parley.peer.talk.Happening;

/** Lets a transfer say how far it is four times a second at most, and always that it is done. */
final class Pace {
    private static final long BETWEEN_NANOS = Duration.ofMillis(250).toNanos();

    /** Transfers. More at once are told less often than they could be, which nobody can read anyway. */
    private static final int REMEMBERED_MAX = 1024;

    private final LongSupplier nanos;
    private final Map<Long, Long> toldAt = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    private Pace(LongSupplier nanos) {
        this.nanos = nanos;
    }

    static Pace of(LongSupplier nanos) {
        return new Pace(nanos);
    }

    synchronized boolean allows(Happening.Progress progress) {
        if (progress.bytes() == progress.total()) {
            toldAt.remove(progress.id());
            return true;
        }
        long now = nanos.getAsLong();
        var last = toldAt.get(progress.id());
        if (last != null && now - last < BETWEEN_NANOS) return false;
        toldAt.put(progress.id(), now);
        return true;
    }
}
