package parley.peer.session;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import parley.peer.command.Input;
import parley.peer.talk.Happening;
import parley.peer.talk.Screen;

/** What it means when something has ended: to the user, and to where we stand. Belongs to its peer's thread. */
final class Endings {
    /**
     * What is being carried out.
     *
     * @param input null if it is of our own accord
     * @param connection on which it began
     */
    record Task(@Nullable Input input, int connection) {}

    private final TimerScheduler<Peer.Command> timers;
    private final Sessions sessions;
    private final Registry registry;
    private final Screen screen;

    Endings(TimerScheduler<Peer.Command> timers, Sessions sessions, Registry registry, Screen screen) {
        this.timers = timers;
        this.sessions = sessions;
        this.registry = registry;
        this.screen = screen;
    }

    Standing of(Task task, Operations.Ending ending, Parts parts, Standing standing) {
        return switch (ending) {
            case Operations.Told(var happening) -> {
                screen.show(happening);
                yield standing;
            }
            case Operations.SignedIn(var who, var happening) -> {
                var now = signedIn(standing, account(parts, who, standing.account()), task);
                screen.show(happening);
                yield now;
            }
            case Operations.SignedInAgain again ->
                standing.account() == null ? standing : signedIn(standing, standing.account(), task);
            case Operations.RefusedAgain(var why) -> {
                // On a connection that is gone by now it was no refusal, and the next one is another chance.
                if (standing.connection() != task.connection()) yield standing;
                screen.show(new Happening.Notice("Not signed in again: " + why));
                var refused = standing.refused();
                timers.startSingleTimer(new Peer.PauseOver(), refused.pause());
                yield refused;
            }
        };
    }

    static Operations.Ending unforeseen(Task task, @Nullable Throwable failure) {
        var why = NotDelivered.why(failure);
        return task.input() == null
                ? new Operations.RefusedAgain(why)
                : new Operations.Told(new Happening.Failed(task.input().verb(), why));
    }

    Standing ofSession(ActorRef<Session.Command> session, Standing standing) {
        sessions.ended(session);
        var account = standing.account();
        if (account == null || !account.session().equals(session)) return standing;
        screen.show(new Happening.Notice("The session of %s broke, sign in again".formatted(account.user())));
        return standing.signedOut();
    }

    private Standing signedIn(Standing standing, Account account, Task task) {
        var now = standing.signedIn(account, task.connection());
        if (standing.lost() && !now.lost()) screen.show(new Happening.RegistryBack());
        return now;
    }

    private Account account(Parts parts, Operations.Credentials who, @Nullable Account before) {
        return sessions.open(who, new Session.Tools(registry, parts.packing(), screen, parts.keys()), before);
    }
}
