package parley.peer.link.mutual;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import parley.messages.name.PeerAddress;

/** One contact and the links with him. Belongs to the actor of the links. */
final class Pairing {
    final Rivals<Connection> rivals;
    Contact contact;
    /** The one that the owner knows to be up. */
    Optional<Connection> up = Optional.empty();

    @Nullable
    Connection dialling;

    private @Nullable PeerAddress dialled;
    private Duration delay = Duration.ZERO;
    private long notBefore;

    Pairing(Own own, Contact contact) {
        this.contact = contact;
        var ours = own.identity().bytes().toArrayUnsafe();
        this.rivals = new Rivals<>(
                Arrays.compareUnsigned(ours, contact.identity().bytes().toArrayUnsafe()) < 0);
    }

    /** Not while there is a link or one is being dialled, and not too soon after that failed there. */
    boolean mayDial(PeerAddress at, long now) {
        return up.isEmpty() && dialling == null && !(at.equals(dialled) && now - notBefore < 0);
    }

    void dialled(PeerAddress at) {
        if (!at.equals(dialled)) delay = Duration.ZERO;
        dialled = at;
    }

    void reached() {
        delay = Duration.ZERO;
    }

    /** The next attempt there waits twice as long, half to whole of it. */
    void notReached(LinksSettings settings, RandomGenerator random, long now) {
        var doubled = delay.multipliedBy(2);
        if (doubled.compareTo(settings.redialMin()) < 0) doubled = settings.redialMin();
        delay = doubled.compareTo(settings.redialMax()) < 0 ? doubled : settings.redialMax();
        long half = delay.toNanos() / 2;
        notBefore = now + delay.toNanos() - half + random.nextLong(half + 1);
    }
}
