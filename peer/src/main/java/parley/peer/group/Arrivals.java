package parley.peer.group;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.contact.Effect;

/**
 * What members said and the inbox holds: each is judged once, though an inbox may be looked into while its last row is on
 * its way here, and what was there first is judged first. Mutable.
 */
final class Arrivals {
    /** Judged in one commit. */
    private static final int AT_ONCE = 256;

    private record Said(UserName by, MessageId id) {}

    private final int rememberedMax;
    private final Set<Said> judged = new LinkedHashSet<>();

    /** What the inbox had when it was looked into. */
    private final Deque<Effect.ForGroup> unheard = new ArrayDeque<>();

    /** @param rememberedMax of what was judged lately */
    Arrivals(int rememberedMax) {
        this.rememberedMax = rememberedMax;
    }

    void found(Collection<Effect.ForGroup> inbox) {
        unheard.clear();
        unheard.addAll(inbox);
    }

    boolean waitInInbox() {
        return !unheard.isEmpty();
    }

    /** Some of what the inbox had, in its order. */
    Step judgeSome(Circle circle, Moment moment) {
        var step = Step.nothing(circle);
        for (int count = 0; count < AT_ONCE && !unheard.isEmpty(); count++) {
            var what = unheard.remove();
            isNew(what);
            step = step.then(now -> now.came(what, moment));
        }
        return step;
    }

    /** From now on it is not. */
    boolean isNew(Effect.ForGroup what) {
        if (judged.size() >= rememberedMax) judged.remove(judged.iterator().next());
        return judged.add(new Said(what.contact(), what.content().id()));
    }

    /** What was judged did not get to the disk. */
    void forget() {
        judged.clear();
    }
}
