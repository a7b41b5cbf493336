package parley.peer.session;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * The couriers of one session: one for each lane while there is something to carry on it. Belongs to its session's
 * thread.
 */
final class Couriers {
    private record Errand(long shipment, Parcel.Lane lane) {}

    private record Busy(ActorRef<Courier.Command> courier, int parcels) {}

    private final ActorContext<Session.Command> context;
    private final ActorRef<Courier.Outcome> outcomes;
    private final Function<Parcel.Lane, Carrier> carriers;
    private final Map<Long, Errand> errands = new HashMap<>();
    private final Map<Parcel.Lane, Busy> lanes = new HashMap<>();
    private long lastErrand;

    /** @param outcomes told of each parcel; gives it to {@link #back} */
    Couriers(
            ActorContext<Session.Command> context,
            ActorRef<Courier.Outcome> outcomes,
            Function<Parcel.Lane, Carrier> carriers) {
        this.context = context;
        this.outcomes = outcomes;
        this.carriers = carriers;
    }

    void send(long shipment, Parcel.Lane lane, Parcel parcel) {
        var known = lanes.get(lane);
        var courier = known == null ? context.spawnAnonymous(Courier.create(carriers.apply(lane))) : known.courier();
        lanes.put(lane, new Busy(courier, known == null ? 1 : known.parcels() + 1));
        errands.put(++lastErrand, new Errand(shipment, lane));
        courier.tell(new Courier.Take(lastErrand, parcel, outcomes));
    }

    /** @return the shipment that the parcel belonged to */
    long back(Courier.Outcome outcome) {
        var errand = errands.remove(outcome.id());
        if (errand == null) throw new IllegalStateException("a parcel came back that nobody had sent");
        lanes.computeIfPresent(errand.lane(), (lane, busy) -> {
            if (busy.parcels() > 1) return new Busy(busy.courier(), busy.parcels() - 1);
            context.stop(busy.courier());
            return null;
        });
        return errand.shipment();
    }
}
