package parley.peer.session;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import parley.messages.name.UserName;
import parley.peer.cipher.OwnKeyPair;
import parley.peer.talk.Happening;
import parley.peer.talk.Party;
import parley.peer.talk.Screen;

/**
 * One account, signed in. Introduces ciphers to links and gives parcels to couriers; what they carry never passes here.
 *
 * <pre>
 *   open --Finish--> finishing --last parcel settled, last cipher back--> (stopped)
 *     `--Abort--´--------`--Abort: what is pending has failed--> (stopped)
 * </pre>
 */
final class Session {
    sealed interface Command {}

    /** A text or a file; how it ended is shown. */
    record Send(String verb, List<Party> to, Parcel parcel) implements Command {}

    /** Asks for the cipher of a conversation, which must be given back. Empty if too many are in use. */
    record Introduce(Party party, ActorRef<Optional<Cipher>> replyTo) implements Command {}

    /** A cipher that was introduced is not needed any more. */
    record GivenBack(Party party) implements Command {}

    /** Another account takes over: carry what is under way to its end, take nothing new. */
    record Finish() implements Command {}

    /** The program ends. */
    record Abort() implements Command {}

    private record Settled(Courier.Outcome outcome) implements Command {}

    /** What the session works with, made once for all sessions of a process. */
    record Tools(Registry registry, Packing packing, Screen screen, OwnKeyPair keys) {}

    static Behavior<Command> create(UserName me, Tools tools) {
        return Behaviors.setup(context -> new Session(context, me, tools).open());
    }

    private final UserName me;
    private final Tools tools;
    private final Ciphers ciphers;
    private final Couriers couriers;
    private final Map<Long, Shipment> shipments = new LinkedHashMap<>();
    private long lastShipment;

    private Session(ActorContext<Command> context, UserName me, Tools tools) {
        this.me = me;
        this.tools = tools;
        this.ciphers = new Ciphers(context, tools.keys(), tools.registry());
        this.couriers = new Couriers(
                context,
                context.messageAdapter(Courier.Outcome.class, Settled::new),
                lane -> carrier(context, me, tools, lane.to()));
    }

    private Behavior<Command> open() {
        return receiveMessage(command -> switch (command) {
            case Send send -> {
                ship(send);
                yield same();
            }
            case Introduce(var party, var replyTo) -> {
                replyTo.tell(ciphers.lend(party));
                yield same();
            }
            case GivenBack(var party) -> {
                ciphers.takeBack(party);
                yield same();
            }
            case Settled(var outcome) -> {
                settle(outcome);
                yield same();
            }
            case Finish finish -> finishing();
            case Abort abort -> abort();
        });
    }

    private Behavior<Command> finishing() {
        if (shipments.isEmpty() && !ciphers.anyLent()) return Behaviors.stopped();
        return receiveMessage(command -> switch (command) {
            case Settled(var outcome) -> {
                settle(outcome);
                yield finishing();
            }
            case GivenBack(var party) -> {
                ciphers.takeBack(party);
                yield finishing();
            }
            case Abort abort -> abort();
            case Send late -> {
                fail(late, "%s is no longer signed in".formatted(me));
                yield same();
            }
            // Its own couriers still need their ciphers.
            case Introduce(var party, var replyTo) -> {
                replyTo.tell(ciphers.lend(party));
                yield same();
            }
            case Finish again -> same();
        });
    }

    private Behavior<Command> abort() {
        for (var pending : shipments.values()) {
            tools.screen().show(pending.failed("Stopped before its delivery was confirmed"));
        }
        return Behaviors.stopped();
    }

    private void ship(Send send) {
        if (send.to().contains(new Party.User(me))) {
            fail(send, "You are %s yourself, expected somebody else".formatted(me));
            return;
        }
        long id = ++lastShipment;
        shipments.put(id, Shipment.of(send.verb(), send.to()));
        for (var party : send.to()) couriers.send(id, Parcel.Lane.of(party, send.parcel()), send.parcel());
    }

    private void settle(Courier.Outcome outcome) {
        long id = couriers.back(outcome);
        var before = shipments.get(id);
        if (before == null) throw new IllegalStateException("a parcel came back of a shipment that had ended");
        var now = before.with(outcome);
        if (now.open() > 0) {
            shipments.put(id, now);
        } else {
            shipments.remove(id);
            tools.screen().show(now.ended());
        }
    }

    private void fail(Send send, String why) {
        tools.screen().show(new Happening.Failed(send.verb(), why));
    }

    /**
     * Runs on the courier's thread and on those of the links. The cipher is asked for anew for each parcel, because that
     * of a contact who was silent for long may have been stopped.
     */
    private static Carrier carrier(ActorContext<Command> context, UserName me, Tools tools, Party party) {
        var self = context.getSelf();
        var system = context.getSystem();
        return parcel -> {
            CompletionStage<Optional<Cipher>> asked =
                    AskPattern.ask(self, replyTo -> new Introduce(party, replyTo), Cipher.PATIENCE, system.scheduler());
            return asked.thenCompose(lent -> {
                var cipher = lent.orElseThrow(() -> new NotDelivered("Too many conversations at once"));
                Carrier carrier = switch (party) {
                    case Party.User(var contact) ->
                        new ToContact(me, contact, tools.registry(), tools.packing(), cipher);
                    case Party.Group(var group) ->
                        new ToGroup(me, group, tools.registry(), tools.packing(), cipher, system);
                };
                return carrier.carry(parcel).whenComplete((reached, failure) -> cipher.giveBack());
            });
        };
    }
}
