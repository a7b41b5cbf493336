package parley.peer.store;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;

/** What waits while the disk is at work, and is let in in the order in which it came. For one actor. */
public final class HeldBack<T> {
    private final StashBuffer<T> waiting;
    private boolean lettingIn;

    public HeldBack(StashBuffer<T> waiting) {
        this.waiting = waiting;
    }

    public boolean isEmpty() {
        return waiting.isEmpty();
    }

    public int size() {
        return waiting.size();
    }

    public boolean isFull() {
        return waiting.isFull();
    }

    public void add(T message) {
        waiting.stash(message);
    }

    /** Not from within itself: what is held again meanwhile would get in front of what came before. */
    public Behavior<T> letInto(Behavior<T> open) {
        if (lettingIn) return open;
        lettingIn = true;
        try {
            return waiting.unstashAll(open);
        } finally {
            lettingIn = false;
        }
    }
}
