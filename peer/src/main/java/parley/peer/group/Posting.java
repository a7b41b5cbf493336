package parley.peer.group;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.contact.ContactCommand;
import parley.peer.contact.ContactCommand.Enqueued;
import parley.peer.contact.ContactCommand.Enqueuing;
import parley.peer.contact.ContactCommand.NotEnqueued;

/**
 * Letters on their way to members' ciphers; mutable, its actor's alone.
 *
 * <pre>
 *   waiting --next, while few are unanswered--&gt; handed over --taken--&gt; gone; the last one ends its content
 *      ^                                             `--not now--&gt; put off --again--&gt; waiting
 *      `-------------------------------------------------------------------------------´
 * </pre>
 */
final class Posting {
    /** Each is sealed in a commit of its own: more would only queue at the disk. */
    static final int UNANSWERED_MAX = 16;

    /** What became of a letter. */
    sealed interface Fate {}

    record Gone() implements Fate {}

    record PutOff() implements Fate {}

    /** No cipher will ever take it; neither gone nor put off yet. */
    record Undeliverable(Letter letter, String why) implements Fate {}

    record NotAwaited() implements Fate {}

    private record Slip(MessageId id, UserName to) {}

    private final Deque<Letter> waiting = new ArrayDeque<>();
    private final Map<Slip, Letter> handedOver = new HashMap<>();
    private final List<Letter> putOff = new ArrayList<>();
    private final Map<MessageId, Integer> left = new HashMap<>();
    private final Deque<MessageId> ended = new ArrayDeque<>();

    void add(Letter letter) {
        waiting.add(letter);
        left.merge(letter.content().id(), 1, Integer::sum);
    }

    /** Was in the outbox with no letter left. */
    void end(MessageId id) {
        if (!left.containsKey(id)) ended.add(id);
    }

    /** Each with its row, which the cipher strikes off in the commit in which it takes the letter. */
    List<GroupEffect.ToContact> next(ActorRef<? super Enqueuing> replyTo) {
        var next = new ArrayList<GroupEffect.ToContact>();
        while (handedOver.size() < UNANSWERED_MAX && !waiting.isEmpty()) {
            var letter = waiting.poll();
            handedOver.put(new Slip(letter.content().id(), letter.to()), letter);
            next.add(new GroupEffect.ToContact(
                    letter.to(),
                    new ContactCommand.Enqueue(
                            letter.content(), letter.identity(), List.of(LetterRows.posted(letter)), replyTo)));
        }
        return next;
    }

    /** Of a letter that was handed over. */
    Fate answered(Enqueuing outcome) {
        var letter = handedOver.remove(new Slip(outcome.id(), outcome.contact()));
        if (letter == null) return new NotAwaited();
        return switch (outcome) {
            case Enqueued well -> {
                gone(letter);
                yield new Gone();
            }
            case NotEnqueued(var contact, var message, var why, var text) ->
                switch (why) {
                    case STORE_FAILED, OUTBOX_FULL -> {
                        putOff(letter);
                        yield new PutOff();
                    }
                    case BLOCKED, IDENTITY_NOT_ACCEPTED, REVOKED, TOO_LONG, NOT_TEXT -> new Undeliverable(letter, text);
                };
        };
    }

    void gone(Letter letter) {
        var id = letter.content().id();
        left.computeIfPresent(id, (same, count) -> count == 1 ? null : count - 1);
        end(id);
    }

    void putOff(Letter letter) {
        putOff.add(letter);
    }

    void again() {
        waiting.addAll(putOff);
        putOff.clear();
    }

    /** A content whose letters are all gone; each once. */
    Optional<MessageId> ended() {
        return Optional.ofNullable(ended.poll());
    }
}
