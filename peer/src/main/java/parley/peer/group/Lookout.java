package parley.peer.group;

import java.time.Duration;

/**
 * How long to wait before a registry is looked at again that shows less than somebody knows: longer each time. Mutable.
 */
final class Lookout {
    static final Duration MIN = Duration.ofSeconds(5);
    static final Duration MAX = Duration.ofMinutes(10);

    private Duration next = MIN;

    /** The pause that is due now; the one after it is twice as long. */
    Duration pause() {
        var due = next;
        var doubled = due.multipliedBy(2);
        next = doubled.compareTo(MAX) < 0 ? doubled : MAX;
        return due;
    }

    /** There is nothing to look for, or a new reason to. */
    void beginAnew() {
        next = MIN;
    }

    /** It was in vain before: to whoever waits it shows less than is known, be it away or not. */
    boolean wasInVain() {
        return next.compareTo(MIN) > 0;
    }
}
