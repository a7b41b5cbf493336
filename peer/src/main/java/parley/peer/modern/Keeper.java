package parley.peer.modern;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.contact.ContactCommand;
import parley.peer.contact.ContactCommand.NotWritten;
import parley.peer.contact.ContactCommand.WhyNot;

/**
 * Stands for one contact's cipher, which stops when the disk does not follow it and is then read anew.
 *
 * <pre>
 *   keeping --the cipher stopped--&gt; pausing --a second, longer each time; all links of before end--&gt; keeping another
 *           --Leave--&gt; leaving --the cipher stopped--&gt; (stopped)
 * </pre>
 *
 * Every text that was to be written is answered once, in order, whatever becomes of the cipher, and so is what was to
 * be enqueued or handed over. What comes meanwhile from elsewhere is let go, for it comes once more behind that which the cipher has lost: opened first, it would be shown first.
 */
final class Keeper {
    /** How long a disk is left alone that has just refused: doubled each time, up to the longest. */
    record Pauses(Duration min, Duration max) {
        static Pauses of(Config store) {
            return new Pauses(store.getDuration("retry-min"), store.getDuration("retry-max"));
        }

        Duration after(Duration pause) {
            var doubled = pause.multipliedBy(2);
            return doubled.compareTo(max) < 0 ? doubled : max;
        }
    }

    /** What the owner is told. */
    interface Owner {
        /** The disk does not follow; what came since is lost to us, and was not acknowledged. */
        void stopped();

        /**
         * It may follow again: what was lost has to come once more.
         *
         * @param on to be run behind all that came over links of before
         */
        void begun(Runnable on);
    }

    /** Commands held meanwhile. What is lost beyond comes again. */
    private static final int HELD_MAX = 10_000;

    private static final NotWritten LATER =
            new NotWritten(WhyNot.STORE_FAILED, "The disk does not take it just now; try again in a moment");

    private record Answered(ContactCommand.Outcome outcome) {}

    private record EnqueueAnswered(ContactCommand.Enqueuing outcome) {}

    private record HandAnswered(ContactCommand.Handing outcome) {}

    private record Again() {}

    private record Begun() {}

    private record Lasted() {}

    static Behavior<ContactCommand> create(
            UserName contact, Supplier<Behavior<ContactCommand>> cipher, Pauses pauses, Owner owner) {
        return Behaviors.<Object>setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(
                        HELD_MAX,
                        held -> new Keeper(contact, context, timers, held, cipher, pauses, owner)
                                .keeping(pauses.min()))))
                .narrow();
    }

    private final UserName contact;
    private final ActorContext<Object> context;
    private final TimerScheduler<Object> timers;
    private final StashBuffer<Object> held;
    private final Supplier<Behavior<ContactCommand>> cipher;
    private final Pauses pauses;
    private final Owner owner;
    private final ActorRef<ContactCommand.Outcome> outcomes;
    private final Queue<ActorRef<? super ContactCommand.Outcome>> writers = new ArrayDeque<>();
    private final ActorRef<ContactCommand.Enqueuing> enqueued;
    private final Map<MessageId, ActorRef<? super ContactCommand.Enqueuing>> enqueuing = new HashMap<>();

    private final ActorRef<ContactCommand.Handing> handed;
    private final Map<MessageId, ActorRef<? super ContactCommand.Handing>> handing = new HashMap<>();

    private Keeper(
            UserName contact,
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            StashBuffer<Object> held,
            Supplier<Behavior<ContactCommand>> cipher,
            Pauses pauses,
            Owner owner) {
        this.contact = contact;
        this.context = context;
        this.timers = timers;
        this.held = held;
        this.cipher = cipher;
        this.pauses = pauses;
        this.owner = owner;
        this.outcomes = context.messageAdapter(ContactCommand.Outcome.class, Answered::new);
        this.enqueued = context.messageAdapter(ContactCommand.Enqueuing.class, EnqueueAnswered::new);
        this.handed = context.messageAdapter(ContactCommand.Handing.class, HandAnswered::new);
    }

    /** @param pause how long the next one is, should this cipher soon stop, too */
    private Behavior<Object> keeping(Duration pause) {
        var kept = context.spawnAnonymous(cipher.get());
        context.watch(kept);
        timers.startSingleTimer(new Lasted(), pauses.max());
        return held.unstashAll(keeping(kept, pause));
    }

    private Behavior<Object> keeping(ActorRef<ContactCommand> kept, Duration pause) {
        return Behaviors.receive(Object.class)
                .onMessage(Answered.class, answer -> {
                    answered(answer.outcome());
                    return same();
                })
                .onMessage(EnqueueAnswered.class, answer -> {
                    answered(answer.outcome());
                    return same();
                })
                .onMessage(ContactCommand.Enqueue.class, enqueue -> {
                    enqueuing.put(enqueue.content().id(), enqueue.replyTo());
                    kept.tell(new ContactCommand.Enqueue(enqueue.content(), enqueue.to(), enqueue.with(), enqueued));
                    return same();
                })
                .onMessage(HandAnswered.class, answer -> {
                    answered(answer.outcome());
                    return same();
                })
                .onMessage(ContactCommand.Hand.class, hand -> {
                    handing.put(hand.id(), hand.replyTo());
                    kept.tell(
                            new ContactCommand.Hand(hand.contents(), hand.to(), hand.befriends(), hand.with(), handed));
                    return same();
                })
                .onMessage(ContactCommand.Leave.class, leave -> {
                    kept.tell(leave);
                    return leaving();
                })
                .onMessage(Lasted.class, well -> keeping(kept, pauses.min()))
                .onMessage(ContactCommand.Write.class, write -> {
                    writers.add(write.replyTo());
                    kept.tell(new ContactCommand.Write(write.text(), outcomes));
                    return same();
                })
                .onMessage(ContactCommand.class, command -> {
                    kept.tell(command);
                    return same();
                })
                .onSignal(Terminated.class, gone -> pausing(pause))
                .build();
    }

    /** Until all that was said to the cipher before is answered. */
    private static Behavior<Object> leaving() {
        return Behaviors.receive(Object.class)
                .onAnyMessage(late -> same())
                .onSignal(Terminated.class, gone -> Behaviors.stopped())
                .build();
    }

    private Behavior<Object> pausing(Duration pause) {
        owner.stopped();
        while (!writers.isEmpty()) answered(LATER);
        List.copyOf(enqueuing.keySet()).forEach(id -> answered(later(id)));
        List.copyOf(handing.keySet()).forEach(id -> answered(handLater(id)));
        timers.cancel(new Lasted());
        timers.startSingleTimer(new Again(), pause);
        var longer = pauses.after(pause);
        return Behaviors.receive(Object.class)
                .onMessage(Again.class, now -> {
                    var self = context.getSelf();
                    owner.begun(() -> self.tell(new Begun()));
                    return same();
                })
                .onMessage(Begun.class, now -> keeping(longer))
                .onMessage(Answered.class, late -> same())
                .onMessage(EnqueueAnswered.class, late -> same())
                .onMessage(ContactCommand.Enqueue.class, enqueue -> {
                    enqueue.replyTo().tell(later(enqueue.content().id()));
                    return same();
                })
                .onMessage(HandAnswered.class, late -> same())
                .onMessage(ContactCommand.Hand.class, hand -> {
                    hand.replyTo().tell(handLater(hand.id()));
                    return same();
                })
                .onMessage(ContactCommand.Write.class, write -> {
                    write.replyTo().tell(LATER);
                    return same();
                })
                .onMessage(ContactCommand.Leave.class, now -> Behaviors.stopped())
                .onMessage(ContactCommand.Open.class, outOfTurn -> same())
                .onMessage(ContactCommand.class, command -> {
                    if (!held.isFull()) held.stash(command);
                    return same();
                })
                .build();
    }

    private void answered(ContactCommand.Outcome outcome) {
        var writer = writers.poll();
        if (writer != null) writer.tell(outcome);
    }

    private void answered(ContactCommand.Enqueuing outcome) {
        var asker = enqueuing.remove(outcome.id());
        if (asker != null) asker.tell(outcome);
    }

    private void answered(ContactCommand.Handing outcome) {
        var asker = handing.remove(outcome.id());
        if (asker != null) asker.tell(outcome);
    }

    private ContactCommand.NotHanded handLater(MessageId id) {
        return new ContactCommand.NotHanded(contact, id, LATER.why(), LATER.text());
    }

    private ContactCommand.NotEnqueued later(MessageId id) {
        return new ContactCommand.NotEnqueued(contact, id, LATER.why(), LATER.text());
    }
}
