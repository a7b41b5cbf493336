package parley.registry.gate.modern;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.messages.directory.Tag;
import parley.messages.identity.IdentityKey;
import parley.messages.name.UserName;
import parley.registry.gate.Door;
import parley.registry.user.ModernUser;

/**
 * Who is at the other end of a connection. Mutable.
 *
 * <pre>
 *   nobody --showed a key--&gt; a stranger --asks--&gt; asking --let in--&gt; a user
 *                               ^                   |                  |
 *                               |----refused--------´                  |
 *                               `----superseded, forgotten-------------´
 * </pre>
 */
final class Visitor {
    /** A sign-in that is undecided. */
    record Asking(Tag tag, UserName as) {}

    private final Door.Visit visit;
    private @Nullable IdentityKey shown;
    private @Nullable UserName user;
    private @Nullable Asking asking;

    Visitor(Door.Visit visit) {
        this.visit = visit;
    }

    void showed(IdentityKey key) {
        shown = key;
    }

    boolean isKnown() {
        return shown != null;
    }

    /** @throws IllegalStateException before the handshake */
    IdentityKey key() {
        if (shown == null) throw new IllegalStateException("asked before the handshake");
        return shown;
    }

    /** Null as long as nobody has signed in. */
    @Nullable
    UserName user() {
        return user;
    }

    boolean isAsking() {
        return asking != null;
    }

    void asks(Tag tag, UserName as) {
        asking = new Asking(tag, as);
    }

    /** Nothing if no sign-in is undecided any more. */
    Optional<Asking> heard(ModernUser.SignInAnswer answer) {
        var decided = givesUp();
        if (answer instanceof ModernUser.SignedIn)
            decided.ifPresent(as -> {
                user = as.as();
                visit.known();
            });
        return decided;
    }

    /** Whatever is decided is not heard any more. */
    Optional<Asking> givesUp() {
        var undecided = Optional.ofNullable(asking);
        asking = null;
        return undecided;
    }

    /** False if it was not {@code who}. A sign-in that is undecided may be what is meant: its answer will say so. */
    boolean loses(UserName who) {
        if (!who.equals(user)) return false;
        user = null;
        visit.unknown();
        return true;
    }
}
