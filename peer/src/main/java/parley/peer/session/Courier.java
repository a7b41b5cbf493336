package parley.peer.session;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes parcels to one party, one after the other: a classic receiver has no other way to know their order.
 *
 * <pre>
 *   idle --Take--> away --Back--> idle        Take: held until it is back
 * </pre>
 */
final class Courier {
    sealed interface Command {}

    /** @param id the sender's, and comes back with the outcome */
    record Take(long id, Parcel parcel, ActorRef<Outcome> replyTo) implements Command {}

    private record Back(
            Parcel.@Nullable Reached reached, @Nullable Throwable failure) implements Command {}

    sealed interface Outcome {
        long id();
    }

    record Carried(long id, Parcel.Reached reached) implements Outcome {}

    record Failed(long id, String why) implements Outcome {}

    /** Parcels. A script that sends faster than its receiver takes is told so rather than remembered for ever. */
    static final int WAITING_MAX = 1024;

    static Behavior<Command> create(Carrier carrier) {
        return Behaviors.setup(
                context -> Behaviors.withStash(WAITING_MAX, waiting -> new Courier(context, waiting, carrier).idle()));
    }

    private final ActorContext<Command> context;
    private final StashBuffer<Command> waiting;
    private final Carrier carrier;

    private Courier(ActorContext<Command> context, StashBuffer<Command> waiting, Carrier carrier) {
        this.context = context;
        this.waiting = waiting;
        this.carrier = carrier;
    }

    private Behavior<Command> idle() {
        return receiveMessage(command -> switch (command) {
            case Take take -> {
                context.pipeToSelf(carrier.carry(take.parcel()), Back::new);
                yield away(take);
            }
            case Back stray -> throw new IllegalStateException("back, but nothing was carried");
        });
    }

    private Behavior<Command> away(Take taken) {
        return receiveMessage(command -> switch (command) {
            case Back(var reached, var failure) -> {
                taken.replyTo()
                        .tell(
                                reached != null
                                        ? new Carried(taken.id(), reached)
                                        : new Failed(taken.id(), NotDelivered.why(failure)));
                yield waiting.unstash(idle(), 1, Function.identity());
            }
            case Take later -> {
                if (waiting.isFull()) {
                    later.replyTo()
                            .tell(new Failed(later.id(), "Too many wait already, expected at most " + WAITING_MAX));
                } else {
                    waiting.stash(later);
                }
                yield same();
            }
        });
    }
}
