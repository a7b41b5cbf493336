package parley.peer.link.mutual;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The links of one pair that have greeted, and which of them serves; docs/PROTOCOL.md §9.
 *
 * <pre>
 *   none --one--> that one serves --another, same direction--> the newer one serves, the older one is sent away
 *                                 --another, other direction-->
 *      it was dialled by the smaller identity: it serves, else the one before does; the acceptor of the one that
 *      serves sends the other away, and the other side waits for that
 *   waiting --they send it away--> the one that serves is alone
 *           --they don't--> they know nothing of the one that serves: the other one serves
 * </pre>
 */
final class Rivals<L> {
    private final boolean ours;
    private @Nullable L dialled;
    private @Nullable L accepted;

    /** @param weAreSmaller whether what we dial serves, of two in different directions */
    Rivals(boolean weAreSmaller) {
        this.ours = weAreSmaller;
    }

    /** @return the one to send away */
    Optional<L> add(L link, boolean byUs) {
        var older = byUs ? dialled : accepted;
        if (byUs) dialled = link;
        else accepted = link;
        if (older != null) return Optional.of(older);
        if (ours || dialled == null || accepted == null) return Optional.empty();
        var loser = dialled;
        dialled = null;
        return Optional.of(loser);
    }

    void remove(L link) {
        if (link.equals(dialled)) dialled = null;
        if (link.equals(accepted)) accepted = null;
    }

    List<L> all() {
        return Stream.of(Optional.ofNullable(dialled), Optional.ofNullable(accepted))
                .flatMap(Optional::stream)
                .toList();
    }

    Optional<L> serving() {
        var first = ours ? dialled : accepted;
        return Optional.ofNullable(first != null ? first : ours ? accepted : dialled);
    }

    /** The one that they are to send away, if they know of both. */
    Optional<L> awaited() {
        return ours && dialled != null ? Optional.ofNullable(accepted) : Optional.empty();
    }

    /**
     * They did not send {@code awaited} away in time, so they don't know of the one that was dialled.
     *
     * @return the one to send away
     */
    Optional<L> overdue(L awaited) {
        if (dialled == null || !awaited.equals(accepted)) return Optional.empty();
        var unknown = dialled;
        dialled = null;
        return Optional.of(unknown);
    }
}
