package parley.peer.modern;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import parley.peer.contact.ContactCommand;
import parley.peer.contact.ContactCommand.NotWritten;
import parley.peer.contact.ContactCommand.WhyNot;

/**
 * Stands for one contact's cipher, which stops when the disk does not follow it and is then read anew.
 *
 * <pre>
 *   keeping --the cipher stopped--&gt; pausing --a second--&gt; keeping another
 * </pre>
 *
 * Every text that was to be written is answered once, in order, whatever becomes of the cipher.
 */
final class Keeper {
    /** How long a disk is left alone that has just refused. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Commands held meanwhile. What came from elsewhere and is lost beyond comes again. */
    private static final int HELD_MAX = 10_000;

    private static final NotWritten LATER =
            new NotWritten(WhyNot.STORE_FAILED, "The disk does not take it just now; try again in a moment");

    private record Answered(ContactCommand.Outcome outcome) {}

    private record Again() {}

    static Behavior<ContactCommand> create(Supplier<Behavior<ContactCommand>> cipher) {
        return Behaviors.<Object>setup(context -> Behaviors.withTimers(timers ->
                        Behaviors.withStash(HELD_MAX, held -> new Keeper(context, timers, held, cipher).keeping())))
                .narrow();
    }

    private final ActorContext<Object> context;
    private final TimerScheduler<Object> timers;
    private final StashBuffer<Object> held;
    private final Supplier<Behavior<ContactCommand>> cipher;
    private final ActorRef<ContactCommand.Outcome> outcomes;
    private final Queue<ActorRef<? super ContactCommand.Outcome>> writers = new ArrayDeque<>();

    private Keeper(
            ActorContext<Object> context,
            TimerScheduler<Object> timers,
            StashBuffer<Object> held,
            Supplier<Behavior<ContactCommand>> cipher) {
        this.context = context;
        this.timers = timers;
        this.held = held;
        this.cipher = cipher;
        this.outcomes = context.messageAdapter(ContactCommand.Outcome.class, Answered::new);
    }

    private Behavior<Object> keeping() {
        var kept = context.spawnAnonymous(cipher.get());
        context.watch(kept);
        return held.unstashAll(Behaviors.receive(Object.class)
                .onMessage(Answered.class, answer -> {
                    answered(answer.outcome());
                    return same();
                })
                .onMessage(ContactCommand.Write.class, write -> {
                    writers.add(write.replyTo());
                    kept.tell(new ContactCommand.Write(write.text(), outcomes));
                    return same();
                })
                .onMessage(ContactCommand.class, command -> {
                    kept.tell(command);
                    return same();
                })
                .onSignal(Terminated.class, gone -> pausing())
                .build());
    }

    private Behavior<Object> pausing() {
        while (!writers.isEmpty()) answered(LATER);
        timers.startSingleTimer(new Again(), PAUSE);
        return Behaviors.receive(Object.class)
                .onMessage(Again.class, now -> keeping())
                .onMessage(Answered.class, late -> same())
                .onMessage(ContactCommand.Write.class, write -> {
                    write.replyTo().tell(LATER);
                    return same();
                })
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
}
