package parley.peer.session;

import java.util.HashSet;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/** The sessions that live: that of who is signed in, and earlier ones that carry something to its end. */
final class Sessions {
    private final ActorContext<Peer.Command> context;
    private final Set<ActorRef<Session.Command>> living = new HashSet<>();

    Sessions(ActorContext<Peer.Command> context) {
        this.context = context;
    }

    /**
     * Whoever signs in anew keeps his session: its texts must not be overtaken by those of another one.
     *
     * @param before who is signed in until now, and is not any more
     */
    Account open(Operations.Credentials who, Session.Tools tools, @Nullable Account before) {
        if (before != null && before.user().equals(who.user())) {
            return new Account(who.user(), who.password(), before.session());
        }
        if (before != null) before.session().tell(new Session.Finish());
        var session = context.spawnAnonymous(Session.create(who.user(), tools));
        context.watchWith(session, new Peer.SessionEnded(session));
        living.add(session);
        return new Account(who.user(), who.password(), session);
    }

    void ended(ActorRef<Session.Command> session) {
        living.remove(session);
    }

    void tell(Session.Command command) {
        living.forEach(session -> session.tell(command));
    }

    boolean areOver() {
        return living.isEmpty();
    }
}
