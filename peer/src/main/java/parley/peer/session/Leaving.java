package parley.peer.session;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import parley.peer.command.Input;
import parley.peer.lookup.Lookup;
import parley.peer.talk.Answer;
import parley.peer.talk.Happening;
import parley.peer.talk.Screen;

/**
 * How a peer ends, in an order in which nobody is left waiting and within a time that a person waits.
 *
 * <pre>
 *   finishing --sessions ended--> parting --links drained, registry left--> bidding --shown--> (stopped)
 *       |  `--sends overdue: told to abort       |                             `--too slow--> (stopped)
 *       `-------------- all overdue -------------´--------------------------> bidding
 * </pre>
 *
 * Sends that are almost there still need the registry, so it is left after them.
 */
final class Leaving {
    /** Of the time to stop: a third for what is being sent, another for goodbyes, the last for a slow screen. */
    static final int PARTS = 3;

    /** What commands are told of a peer that never began. */
    private static final String NOT_STARTED = "The program could not start";

    private static final String STARTING = "start";

    /** There was never anything to leave. */
    static Behavior<Peer.Command> atOnce(
            ActorContext<Peer.Command> context,
            TimerScheduler<Peer.Command> timers,
            Screen screen,
            Duration stopTimeout,
            Held held,
            String why) {
        timers.cancelAll();
        timers.startSingleTimer(new Peer.ScreenOverdue(), stopTimeout);
        context.pipeToSelf(screen.show(new Happening.Failed(STARTING, why)), (shown, lost) -> new Peer.Shown());
        held.fail(NOT_STARTED);
        return receiveMessage(command -> switch (command) {
            case Peer.Shown done -> Behaviors.stopped();
            case Peer.ScreenOverdue late -> Behaviors.stopped();
            case Peer.Run(var late) -> {
                screen.show(new Happening.Failed(late.verb(), NOT_STARTED));
                yield same();
            }
            case Peer.Command other -> same();
        });
    }

    /**
     * @param parts null if we never listened
     */
    static Behavior<Peer.Command> begin(
            ActorContext<Peer.Command> context,
            TimerScheduler<Peer.Command> timers,
            Screen screen,
            Duration stopTimeout,
            ActorRef<Lookup.Command> lookup,
            Sessions sessions,
            @Nullable Parts parts,
            boolean everReached) {
        timers.cancelAll();
        var part = stopTimeout.dividedBy(PARTS);
        timers.startSingleTimer(new Peer.SendsOverdue(), part);
        timers.startSingleTimer(new Peer.GoodbyesOverdue(), part.multipliedBy(2));
        timers.startSingleTimer(new Peer.ScreenOverdue(), stopTimeout);
        if (parts != null) context.pipeToSelf(parts.listener().close(), (closed, failure) -> new Peer.LinksDrained());
        sessions.tell(new Session.Finish());
        return new Leaving(context, screen, lookup, sessions, everReached).finishing(parts == null);
    }

    private final ActorContext<Peer.Command> context;
    private final Screen screen;
    private final ActorRef<Lookup.Command> lookup;
    private final Sessions sessions;
    private final boolean everReached;

    private Leaving(
            ActorContext<Peer.Command> context,
            Screen screen,
            ActorRef<Lookup.Command> lookup,
            Sessions sessions,
            boolean everReached) {
        this.context = context;
        this.screen = screen;
        this.lookup = lookup;
        this.sessions = sessions;
        this.everReached = everReached;
    }

    private Behavior<Peer.Command> finishing(boolean drained) {
        if (sessions.areOver()) {
            lookup.tell(new Lookup.Leave());
            return parting(drained, false);
        }
        return receiveMessage(command -> switch (command) {
            case Peer.SessionEnded(var session) -> {
                sessions.ended(session);
                yield finishing(drained);
            }
            case Peer.SendsOverdue late -> {
                sessions.tell(new Session.Abort());
                yield same();
            }
            case Peer.LinksDrained now -> finishing(true);
            case Peer.GoodbyesOverdue late -> bidding();
            case Peer.RegistryLeft stray -> throw Peer.unexpected(stray);
            case Peer.ScreenOverdue stray -> throw Peer.unexpected(stray);
            case Peer.Shown stray -> throw Peer.unexpected(stray);
            case Peer.Living other -> tooLate(other);
        });
    }

    private Behavior<Peer.Command> parting(boolean drained, boolean left) {
        if (drained && left) return bidding();
        return receiveMessage(command -> switch (command) {
            case Peer.LinksDrained now -> parting(true, left);
            case Peer.RegistryLeft now -> parting(drained, true);
            case Peer.GoodbyesOverdue late -> bidding();
            case Peer.SendsOverdue stray -> same();
            case Peer.SessionEnded stray -> throw Peer.unexpected(stray);
            case Peer.ScreenOverdue stray -> throw Peer.unexpected(stray);
            case Peer.Shown stray -> throw Peer.unexpected(stray);
            case Peer.Living other -> tooLate(other);
        });
    }

    private Behavior<Peer.Command> bidding() {
        var bye = new Happening.Done(new Input.Exit().verb(), new Answer.Bye(everReached));
        context.pipeToSelf(screen.show(bye), (shown, lost) -> new Peer.Shown());
        return receiveMessage(command -> switch (command) {
            case Peer.Shown done -> Behaviors.stopped();
            case Peer.ScreenOverdue late -> Behaviors.stopped();
            case Peer.LinksDrained late -> same();
            case Peer.RegistryLeft late -> same();
            case Peer.SessionEnded late -> same();
            case Peer.SendsOverdue stray -> same();
            case Peer.GoodbyesOverdue stray -> same();
            case Peer.Living other -> tooLate(other);
        });
    }

    private Behavior<Peer.Command> tooLate(Peer.Living command) {
        switch (command) {
            // The same wish: the one end answers both.
            case Peer.Run(Input.Exit again) -> {}
            case Peer.Run(var late) ->
                screen.show(new Happening.Failed(late.verb(), "Too late, the program is ending"));
            case Peer.Introduce(var party, var replyTo) -> replyTo.tell(Optional.empty());
            case Peer.Assembled(var parts, var failure) -> {
                if (parts != null) parts.listener().close();
            }
            case Peer.RegistryChanged gone -> {}
            case Peer.Ended late -> {}
            case Peer.PauseOver stray -> {}
            case Peer.Hurry stray -> {}
        }
        return same();
    }
}
