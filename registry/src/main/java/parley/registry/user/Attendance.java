package parley.registry.user;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import parley.messages.name.Address;
import parley.messages.name.UserName;

/**
 * Who is online under one name, and who is about to be. In memory only: it ends with the connections, or with the actor
 * that owns it.
 *
 * <pre>
 *   absent --begins--&gt; trying --decided, admitted--&gt; online --left--&gt; absent
 *                      trying --decided, refused---&gt; absent, or online where it was before
 *                      trying --left---------------&gt; absent: whatever is decided later counts no more
 *                      online --another is admitted--&gt; absent, and is told Superseded
 *                      online --forgets--------------&gt; absent, and is told Forgotten
 * </pre>
 *
 * Who tries is watched as well as who is online: a connection that ended may not take over from one that lives.
 */
final class Attendance {
    private final ActorContext<UserRegistry.Command> context;
    private final UserName name;
    private final List<UserRegistry.SignIn> trying = new ArrayList<>();
    private Optional<Presence> presence = Optional.empty();

    Attendance(ActorContext<UserRegistry.Command> context, UserName name) {
        this.context = context;
        this.name = name;
    }

    /** Empty while nobody is online. */
    Optional<Address> online() {
        return presence.map(Presence::address);
    }

    boolean isNobody() {
        return presence.isEmpty() && trying.isEmpty();
    }

    void begins(UserRegistry.SignIn attempt) {
        trying.add(attempt);
        context.watchWith(attempt.connection(), new UserRegistry.Closed(attempt.connection()));
    }

    /** False if whoever tried has left. */
    boolean decided(UserRegistry.SignIn attempt, boolean admitted) {
        if (!trying.remove(attempt)) return false;
        if (admitted) online(new Presence(attempt.address(), attempt.connection()));
        else forgetUnlessHere(attempt.connection());
        return true;
    }

    private void online(Presence next) {
        var before = presence;
        presence = Optional.of(next);
        before.map(Presence::connection)
                .filter(older -> !older.equals(next.connection()))
                .ifPresent(older -> {
                    forgetUnlessHere(older);
                    older.tell(new ConnectionNotice.Superseded(name));
                });
    }

    /**
     * Only the connection that is online can end that: an older one was superseded and counts no more.
     *
     * @return whether it was online
     */
    boolean left(ActorRef<ConnectionNotice> connection) {
        trying.removeIf(attempt -> attempt.connection().equals(connection));
        boolean wasOnline = isOnline(connection);
        if (wasOnline) presence = Optional.empty();
        forgetUnlessHere(connection);
        return wasOnline;
    }

    void forgets() {
        presence.ifPresent(p -> p.connection().tell(new ConnectionNotice.Forgotten(name)));
    }

    private void forgetUnlessHere(ActorRef<ConnectionNotice> connection) {
        if (isOnline(connection)) return;
        if (trying.stream().noneMatch(attempt -> attempt.connection().equals(connection))) context.unwatch(connection);
    }

    private boolean isOnline(ActorRef<ConnectionNotice> connection) {
        return presence.filter(p -> p.connection().equals(connection)).isPresent();
    }
}
