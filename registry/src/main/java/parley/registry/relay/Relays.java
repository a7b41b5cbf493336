package parley.registry.relay;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import parley.messages.directory.Code;
import parley.messages.directory.RelayCall;
import parley.messages.directory.RelayToken;
import parley.messages.name.UserName;

/**
 * Where the two sides of a relay meet. Safe for threads.
 *
 * <pre>
 *   call --no share left--&gt; refused
 *     |--the other one waits--&gt; both joined --one ends--&gt; the other one is told
 *     `--nobody there--&gt; waits --the other one calls--&gt; both joined
 *                          `--gone--&gt; forgotten
 *   call --the same account has called for the same--&gt; the older is displaced, then as above
 * </pre>
 *
 * Whoever calls has been recognised: what is kept here is of accounts that exist.
 */
public final class Relays {
    public sealed interface Coming {}

    /** @param place to be left when it ends */
    public record Waits(Place place) implements Coming {}

    public record Joins(Place place, Passage passage) implements Coming {}

    public record Refused(Code code, String text) implements Coming {}

    /** A call, as both sides of it can be found by. */
    private record Spot(UserName own, UserName with, RelayToken token) {
        static Spot of(RelayCall call) {
            return new Spot(call.own(), call.with(), call.token());
        }

        Spot opposite() {
            return new Spot(with, own, token);
        }
    }

    /** Shares are looked through for some that can be forgotten when there are so many more than last time. */
    private static final int SHARES_MORE = 1_000;

    private final RelayLimits limits;
    private final LongSupplier nanos;
    private final Map<Spot, Place> places = new HashMap<>();
    private final Map<UserName, Share> shares = new HashMap<>();
    private int lookAt = SHARES_MORE;

    /** @param nanos a clock that is never set, as {@link System#nanoTime} */
    public Relays(RelayLimits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
    }

    /** The other side is told by its {@code Joined} before this returns. */
    public synchronized Coming come(RelayCall call, Side side) {
        var spot = Spot.of(call);
        var older = places.get(spot);
        if (older != null) {
            older.leave(false);
            older.side.told(new Side.Displaced());
        }
        long now = nanos.getAsLong();
        var share = share(call.own(), now);
        if (share.places() >= limits.atOnce())
            return new Refused(Code.RATE, "%d relays at once, try again when one has ended".formatted(limits.atOnce()));
        var pause = share.usedUpFor(now);
        if (pause.isPositive())
            return new Refused(
                    Code.RATE,
                    "The %d MiB of a day are used up, try again in %d minutes"
                            .formatted(limits.bytesADay() >> 20, pause.toMinutes() + 1));
        if (places.size() >= 2 * limits.relays())
            return new Refused(Code.BUSY, "Too many relays, try again in a minute");
        // Before we are there ourselves: who calls his own name meets nobody.
        var other = places.get(spot.opposite());
        var place = new Place(spot, side, share);
        places.put(spot, place);
        share.begins();
        if (other == null || other.partner != null) return new Waits(place);
        place.partner = other;
        other.partner = place;
        other.side.told(new Side.Joined(new Passage(side, other.share, share, nanos)));
        return new Joins(place, new Passage(other.side, share, other.share, nanos));
    }

    /** How many sides there are; for tests and logs. */
    public synchronized int sides() {
        return places.size();
    }

    private Share share(UserName of, long now) {
        if (shares.size() >= lookAt) {
            shares.values().removeIf(share -> share.isForgettable(now));
            lookAt = shares.size() + SHARES_MORE;
        }
        return Objects.requireNonNull(shares.computeIfAbsent(of, name -> new Share(limits, now)));
    }

    /** One side's, from its call to its end. */
    public final class Place {
        private final Spot spot;
        private final Side side;
        private final Share share;
        private @Nullable Place partner;
        private boolean left;

        private Place(Spot spot, Side side, Share share) {
            this.spot = spot;
            this.side = side;
            this.share = share;
        }

        /** The other side is told, if there is one. Only the first time counts. */
        public void leave(boolean inOrder) {
            synchronized (Relays.this) {
                if (left) return;
                left = true;
                places.remove(spot, this);
                share.ends();
                if (partner != null) partner.side.told(new Side.Over(inOrder));
            }
        }
    }
}
