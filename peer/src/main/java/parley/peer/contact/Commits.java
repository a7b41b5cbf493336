package parley.peer.contact;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.contact.ContactCommand.Enqueued;
import parley.peer.contact.ContactCommand.Enqueuing;
import parley.peer.contact.ContactCommand.Handed;
import parley.peer.contact.ContactCommand.Handing;
import parley.peer.contact.ContactCommand.NotEnqueued;
import parley.peer.contact.ContactCommand.NotHanded;
import parley.peer.contact.ContactCommand.NotWritten;
import parley.peer.contact.ContactCommand.Outcome;
import parley.peer.contact.ContactCommand.WhyNot;
import parley.peer.contact.ContactCommand.Written;
import parley.peer.store.Change;
import parley.peer.store.Reach;
import parley.peer.store.Store;

/**
 * What memory is ahead of the disk by: effects that wait for their commit, in order. Mutable; its actor's alone.
 *
 * <pre>
 *   step with changes     ──► behind all others, until Committed
 *   step without changes  ──► with the last one that waits, or released at once if none does
 * </pre>
 */
final class Commits {
    /** Whoever wrote is answered when it is on disk. */
    record Asked(Consumer<Store.Committed> committed, Consumer<String> failed) {
        static Asked toWrite(MessageId id, ActorRef<? super Outcome> replyTo) {
            return new Asked(
                    done -> replyTo.tell(new Written(id, done.serials().getOrDefault(id, 0L))),
                    why -> replyTo.tell(new NotWritten(WhyNot.STORE_FAILED, why)));
        }

        static Asked toEnqueue(UserName contact, MessageId id, ActorRef<? super Enqueuing> replyTo) {
            return new Asked(
                    done -> replyTo.tell(new Enqueued(contact, id)),
                    why -> replyTo.tell(new NotEnqueued(contact, id, WhyNot.STORE_FAILED, why)));
        }

        static Asked toHand(UserName contact, MessageId id, ActorRef<? super Handing> replyTo) {
            return new Asked(
                    done -> replyTo.tell(new Handed(contact, id)),
                    why -> replyTo.tell(new NotHanded(contact, id, WhyNot.STORE_FAILED, why)));
        }
    }

    /** @param refusals of what was asked for behind it */
    private record Waiting(
            List<Effect> effects,
            Optional<Asked> asked,
            Map<MessageId, Seen> seen,
            List<Long> spent,
            List<Runnable> refusals) {
        void refuse() {
            refusals.forEach(Runnable::run);
        }
    }

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Map<MessageId, Seen> seen = new HashMap<>();

    /** What was opened and is not on disk yet. */
    Optional<Seen> seen(MessageId id) {
        return Optional.ofNullable(seen.get(id));
    }

    /** Whether newer bytes of it are about to go out, so that what is said of it is said of older ones. */
    boolean transmits(MessageId id) {
        return waiting.stream()
                .flatMap(each -> each.effects.stream())
                .anyMatch(effect -> effect instanceof Effect.Transmit transmit
                        && transmit.id().equals(id)
                        && !transmit.again());
    }

    /**
     * Its commit has been asked for.
     *
     * @param spent one-time pairs that it strikes off
     */
    void add(List<Effect> effects, Optional<Asked> asked, Map<MessageId, Seen> opened, List<Long> spent) {
        waiting.addLast(new Waiting(new ArrayList<>(effects), asked, opened, spent, new ArrayList<>()));
        seen.putAll(opened);
    }

    /** Behind the answers to all that was asked for before: whoever writes is answered in that order. */
    void refuse(Runnable answer) {
        if (waiting.isEmpty()) answer.run();
        else waiting.getLast().refusals.add(answer);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** There is nothing to commit: they follow what was before them. */
    void follow(List<Effect> effects, Consumer<Effect> release) {
        if (waiting.isEmpty()) effects.forEach(release);
        else waiting.getLast().effects.addAll(effects);
    }

    /** @return the one-time pairs that are gone for good */
    List<Long> committed(Store.Committed done, Consumer<Effect> release) {
        var first = waiting.removeFirst();
        first.seen.keySet().forEach(seen::remove);
        first.asked.ifPresent(asked -> asked.committed.accept(done));
        first.refuse();
        for (var effect : first.effects) told(effect, done).ifPresent(release);
        return first.spent;
    }

    /** Nothing of it is on disk, and nothing of it happens. */
    void failed(String why) {
        for (var each : waiting) {
            each.asked.ifPresent(asked -> asked.failed.accept(why));
            each.refuse();
        }
        waiting.clear();
        seen.clear();
    }

    static Optional<Effect> told(Effect effect, Store.Committed done) {
        if (effect instanceof News.TextOpened(var contact, var id, var text, var time, var none))
            return Optional.of(
                    new News.TextOpened(contact, id, text, time, done.serials().getOrDefault(id, none)));
        if (effect instanceof News.Reached(var contact, var id, var stage, var none)) {
            var mark = new Change.Mark(contact, id, reach(stage));
            if (done.refused().contains(mark)) return Optional.empty();
            var inGroup = Optional.ofNullable(done.inGroups().get(mark))
                    .map(now -> new News.InGroup(now.group(), now.reached(), now.of()));
            return Optional.of(new News.Reached(contact, id, stage, inGroup));
        }
        return Optional.of(effect);
    }

    private static Reach reach(News.Stage stage) {
        return switch (stage) {
            case SENT -> Reach.SENT;
            case DELIVERED -> Reach.DELIVERED;
            case READ -> Reach.READ;
        };
    }
}
