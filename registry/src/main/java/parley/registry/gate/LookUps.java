package parley.registry.gate;

import java.time.Duration;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import parley.messages.name.UserName;
import parley.registry.user.UserRegistry.WhereIsAnswer;

/**
 * What clients ask most, told and not asked: an ask makes a reference, a future and a timer each time, a quarter of the
 * work. One timer serves all look-ups of a connection, one after the other.
 *
 * <pre>
 *   told --begin--&gt; told --isLate--&gt; asked from then on
 * </pre>
 */
final class LookUps {
    private final Desk desk;
    private final Duration answer;
    private final Consumer<Duration> timer;
    private boolean timed;
    private boolean oneWasLate;

    /**
     * @param answer how long one may take
     * @param timer has {@link #isLate} called after a while
     */
    LookUps(Desk desk, Duration answer, Consumer<Duration> timer) {
        this.desk = desk;
        this.answer = answer;
        this.timer = timer;
    }

    /** Then its answer may yet come, and must not be taken for that of a later one: ask. */
    boolean oneWasLate() {
        return oneWasLate;
    }

    Waiting begin(UserName user, ActorRef<WhereIsAnswer> replyTo) {
        if (!timed) time(answer);
        desk.whereIs(user, replyTo);
        return new Waiting.LookUp(user, System.nanoTime() + answer.toNanos());
    }

    /** Whether it is a look-up that is waited for, and for too long. One that began later has its own time. */
    boolean isLate(Waiting waiting) {
        timed = false;
        if (!(waiting instanceof Waiting.LookUp(var user, var until))) return false;
        long left = until - System.nanoTime();
        oneWasLate = left <= 0;
        if (!oneWasLate) time(Duration.ofNanos(left));
        return oneWasLate;
    }

    private void time(Duration after) {
        timed = true;
        timer.accept(after);
    }
}
