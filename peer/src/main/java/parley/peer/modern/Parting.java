package parley.peer.modern;

import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import parley.peer.lookup.directory.Directory;
import parley.peer.store.Store;
import parley.peer.talk.Happening;
import parley.peer.talk.Screen;

/**
 * The end of a session: the store writes what it was given, the registry hears goodbye.
 *
 * <pre>
 *   parting --both have stopped, or it takes too long--&gt; (stopped)
 * </pre>
 */
final class Parting {
    /** A goodbye that is not heard in this time will not be. The store is waited for by whoever stops the program. */
    private static final Duration GOODBYE_MAX = Duration.ofMillis(400);

    static Behavior<ModernSession.Command> begin(ActorContext<ModernSession.Command> context, Parts parts) {
        context.watch(parts.directory());
        context.watch(parts.store());
        parts.directory().tell(new Directory.Leave());
        parts.store().tell(new Store.Close());
        return Behaviors.withTimers(timers -> {
            timers.startSingleTimer(new ModernSession.Overdue(), GOODBYE_MAX);
            return parting(2, parts.screen());
        });
    }

    private static Behavior<ModernSession.Command> parting(int left, Screen screen) {
        if (left == 0) return Behaviors.stopped();
        return Behaviors.receive(ModernSession.Command.class)
                .onMessage(ModernSession.Overdue.class, late -> Behaviors.stopped())
                .onMessage(ModernSession.Run.class, late -> {
                    screen.show(new Happening.Failed(late.input().verb(), "Too late, the session has ended"));
                    return Behaviors.same();
                })
                .onMessage(ModernSession.Command.class, other -> Behaviors.same())
                .onSignal(Terminated.class, gone -> parting(left - 1, screen))
                .build();
    }

    private Parting() {}
}
