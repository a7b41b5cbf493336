package parley.registry.gate;

import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import parley.messages.name.UserName;
import parley.registry.user.ConnectionNotice;

/**
 * Who a connection is.
 *
 * <pre>
 *   nobody --become--&gt; a user --become another--&gt; that one, and signed out as the first
 *                      a user --lose------------&gt; nobody
 * </pre>
 */
final class Identity {
    private final Desk desk;
    private final Door.Visit visit;
    private @Nullable UserName user;

    Identity(Desk desk, Door.Visit visit) {
        this.desk = desk;
        this.visit = visit;
    }

    /** Null for nobody. */
    @Nullable
    UserName user() {
        return user;
    }

    void become(UserName next, ActorRef<ConnectionNotice> connection) {
        if (user != null && !user.equals(next)) desk.signOut(user, connection);
        user = next;
        visit.known();
    }

    /** False if it was not {@code who}: a notice about an earlier user may come late. */
    boolean lose(UserName who) {
        if (!who.equals(user)) return false;
        user = null;
        visit.unknown();
        return true;
    }
}
