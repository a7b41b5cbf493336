package parley.peer.group;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;

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

    List<Letter> next() {
        var next = new ArrayList<Letter>();
        while (handedOver.size() < UNANSWERED_MAX && !waiting.isEmpty()) {
            var letter = waiting.poll();
            handedOver.put(new Slip(letter.content().id(), letter.to()), letter);
            next.add(letter);
        }
        return next;
    }

    /** What was handed over and is answered now. */
    Optional<Letter> answered(MessageId id, UserName by) {
        return Optional.ofNullable(handedOver.remove(new Slip(id, by)));
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
