package parley.peer.session;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds what strangers can make us keep for a screen that is slow: who finds no place is sent away. Safe for threads.
 */
final class Turnstile {
    /**
     * Texts and files between their arrival and their being shown. More than there are inbound links by default, so it
     * only stops those who leave and come back while the screen stands still.
     */
    static final int PLACES = 512;

    private final AtomicInteger taken = new AtomicInteger();

    /** If so, {@link #leave} must follow, once. */
    boolean enter() {
        if (taken.incrementAndGet() <= PLACES) return true;
        taken.decrementAndGet();
        return false;
    }

    void leave() {
        taken.decrementAndGet();
    }
}
