package parley.registry.user;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;

/**
 * Where one modern account is, who may see that, who looks, and whom it watches itself. In memory only: what is allowed
 * and watched ends with the connection that said it.
 *
 * <pre>
 *   absent --arrives--&gt; here, seen by nobody --allows--&gt; here, seen by those
 *                       here --another arrives---------&gt; here anew; the connection before is told Superseded
 *                       here --left--------------------&gt; absent
 *                       here --ends--------------------&gt; absent; the connection is told Forgotten
 *
 *   a watcher: is told whenever what it can see has changed, and only then
 *              its connection ends, it watches others now --&gt; forgotten
 *              we end ---------------------------------------&gt; its own entity is told, and comes again
 * </pre>
 */
final class Visibility {
    /** Who looks at one account. More than anybody's contacts; each costs some 100 bytes while it is connected. */
    private static final int WATCHERS_MAX = 4_096;

    private record Here(
            ActorRef<ConnectionNotice> connection,
            Optional<PeerAddress> address,
            Set<UserName> allowed,
            Set<UserName> watched) {}

    private final ActorContext<UserRegistry.Command> context;
    private final UserName name;
    private final Function<UserName, RecipientRef<UserRegistry.Command>> others;
    private final Map<ActorRef<ConnectionNotice>, UserName> watchers = new LinkedHashMap<>();
    private Optional<Here> here = Optional.empty();

    Visibility(
            ActorContext<UserRegistry.Command> context,
            UserName name,
            Function<UserName, RecipientRef<UserRegistry.Command>> others) {
        this.context = context;
        this.name = name;
        this.others = others;
    }

    /** Neither is anybody online nor does anybody look: nothing would be forgotten. */
    boolean isNobody() {
        return here.isEmpty() && watchers.isEmpty();
    }

    boolean isOnline() {
        return here.isPresent();
    }

    boolean isHere(ActorRef<ConnectionNotice> connection) {
        return here.filter(h -> h.connection().equals(connection)).isPresent();
    }

    /** Where it is, as far as {@code asker} may know. */
    Optional<ModernUser.At> seenBy(UserName asker) {
        return seen(here, asker);
    }

    private static Optional<ModernUser.At> seen(Optional<Here> here, UserName asker) {
        return here.filter(h -> h.allowed().contains(asker)).map(h -> new ModernUser.At(h.address()));
    }

    void arrives(ActorRef<ConnectionNotice> connection, Optional<PeerAddress> address) {
        var before = here;
        context.watchWith(connection, new UserRegistry.Closed(connection));
        become(Optional.of(new Here(connection, address, Set.of(), Set.of())));
        before.filter(older -> !older.connection().equals(connection)).ifPresent(older -> {
            looksAtNobody(older);
            unwatchUnlessKnown(older.connection());
            older.connection().tell(new ConnectionNotice.Superseded(name));
        });
    }

    void allows(Set<UserName> names) {
        here.ifPresent(h -> become(Optional.of(new Here(h.connection(), h.address(), Set.copyOf(names), h.watched()))));
    }

    /** To watch oneself would show nothing new. */
    void watches(Set<UserName> names) {
        here.ifPresent(h -> {
            var next = new HashSet<>(names);
            next.remove(name);
            h.watched().stream()
                    .filter(other -> !next.contains(other))
                    .forEach(other -> others.apply(other).tell(new ModernUser.WatchedNoMore(h.connection())));
            here = Optional.of(new Here(h.connection(), h.address(), h.allowed(), Set.copyOf(next)));
            // Those of before as well: they are to be told anew what there is to see.
            next.forEach(this::lookAt);
        });
    }

    /** Somebody whose entity had forgotten us. */
    void looksAgain(UserName at) {
        if (here.filter(h -> h.watched().contains(at)).isPresent()) lookAt(at);
    }

    private void lookAt(UserName other) {
        here.ifPresent(h -> others.apply(other).tell(new ModernUser.WatchedBy(name, h.connection())));
    }

    private void looksAtNobody(Here h) {
        h.watched().forEach(other -> others.apply(other).tell(new ModernUser.WatchedNoMore(h.connection())));
    }

    /** @return whether it was online */
    boolean left(ActorRef<ConnectionNotice> connection) {
        watchers.remove(connection);
        var was = here.filter(h -> h.connection().equals(connection));
        if (was.isPresent()) {
            become(Optional.empty());
            looksAtNobody(was.get());
        }
        unwatchUnlessKnown(connection);
        return was.isPresent();
    }

    /** Its identity is over, or we are; nobody is online any more. */
    void ends() {
        here.ifPresent(h -> {
            left(h.connection());
            h.connection().tell(new ConnectionNotice.Forgotten(name));
        });
    }

    void tellOwner(ConnectionNotice notice) {
        here.ifPresent(h -> h.connection().tell(notice));
    }

    void watchedBy(UserName watcher, ActorRef<ConnectionNotice> connection) {
        if (watchers.size() == WATCHERS_MAX && !watchers.containsKey(connection)) forgetOneWhoSeesNothing();
        if (watchers.size() == WATCHERS_MAX && !watchers.containsKey(connection)) return;
        watchers.put(connection, watcher);
        context.watchWith(connection, new UserRegistry.Closed(connection));
        seenBy(watcher).ifPresent(at -> connection.tell(new ConnectionNotice.CameOnline(name, at.address())));
    }

    void watchedNoMore(ActorRef<ConnectionNotice> connection) {
        watchers.remove(connection);
        unwatchUnlessKnown(connection);
    }

    void tellWatchers(ConnectionNotice notice) {
        watchers.keySet().forEach(connection -> connection.tell(notice));
    }

    /** Whoever looks is to come again: it still believes that it is told. */
    void forgetsWatchers() {
        Set.copyOf(watchers.values()).forEach(watcher -> others.apply(watcher).tell(new ModernUser.LostSight(name)));
    }

    private void become(Optional<Here> next) {
        var before = here;
        here = next;
        watchers.forEach((connection, watcher) -> {
            var saw = seen(before, watcher);
            var sees = seenBy(watcher);
            if (saw.equals(sees)) return;
            connection.tell(sees.<ConnectionNotice>map(at -> new ConnectionNotice.CameOnline(name, at.address()))
                    .orElseGet(() -> new ConnectionNotice.WentOffline(name)));
        });
    }

    /** Contacts who see something stay, however many strangers look. */
    private void forgetOneWhoSeesNothing() {
        watchers.entrySet().stream()
                .filter(entry -> seenBy(entry.getValue()).isEmpty())
                .findFirst()
                .ifPresent(entry -> watchedNoMore(entry.getKey()));
    }

    private void unwatchUnlessKnown(ActorRef<ConnectionNotice> connection) {
        if (!isHere(connection) && !watchers.containsKey(connection)) context.unwatch(connection);
    }
}
