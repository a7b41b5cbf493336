package parley.peer.lookup.directory;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.messages.directory.Limits;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.directory.RequestCodec;
import parley.messages.directory.Tag;

/**
 * What one connection is asked: as many questions are out as the registry looks at, the others wait in their order.
 * Belongs to its directory's thread.
 */
final class Questions {
    private static final Logger LOG = LoggerFactory.getLogger("parley.peer.lookup.directory");

    /** Questions that wait. A deposit has up to 67 KB, so these have 67 MB at the very most. */
    static final int WAITING_MAX = 1_024;

    /** No verb: whoever reads it answers that, and has nothing to do with it but to answer. */
    private static final String PROBE = "probe";

    private record Question(Request request, ActorRef<? super Directory.Answer> replyTo) {}

    /** @param question none for a probe, whose answer nobody waits for */
    private record Asked(@Nullable Question question, long sinceNanos) {}

    private final Wire wire;
    private final Map<Tag, Asked> out = new LinkedHashMap<>();
    private final Queue<Question> waiting = new ArrayDeque<>();
    private long tags;

    Questions(Wire wire) {
        this.wire = wire;
    }

    boolean isEmpty() {
        return out.isEmpty();
    }

    void add(Request request, ActorRef<? super Directory.Answer> replyTo) {
        var question = new Question(request, replyTo);
        if (out.size() < Limits.UNANSWERED_MAX) {
            send(question);
        } else if (waiting.size() < WAITING_MAX) {
            waiting.add(question);
        } else {
            replyTo.tell(new Directory.Unreachable(
                    "Too many requests at once, expected at most %d".formatted(Limits.UNANSWERED_MAX + WAITING_MAX)));
        }
    }

    /** Asks what costs the registry nothing, to see whether anybody answers. */
    void probe() {
        var tag = tag();
        put(tag, null, ByteString.fromString("%s %s\n".formatted(tag, PROBE)));
    }

    /** What was asked under {@code tag} and is not answered yet. */
    Optional<Request> asked(Tag tag) {
        var asked = out.get(tag);
        return asked == null || asked.question() == null
                ? Optional.empty()
                : Optional.of(asked.question().request());
    }

    /** @return whether anything was asked under {@code tag}; whoever asked it was answered, and the next went out */
    boolean answered(Tag tag, Reply reply) {
        var asked = out.remove(tag);
        if (asked == null) return false;
        LOG.trace("registry << {}", reply.getClass().getSimpleName());
        if (asked.question() != null) asked.question().replyTo().tell(new Directory.Answered(reply));
        // More than one: what cannot be asked leaves its place to the next.
        while (out.size() < Limits.UNANSWERED_MAX && !waiting.isEmpty()) send(waiting.remove());
        return true;
    }

    /** Whether one of them has been out for longer than {@code patience}. */
    boolean isOverdue(Duration patience) {
        var oldest = out.values().iterator();
        return oldest.hasNext() && System.nanoTime() - oldest.next().sinceNanos() > patience.toNanos();
    }

    /** None of them will be answered any more. */
    void giveUp(String why) {
        var unreachable = new Directory.Unreachable(why);
        for (var asked : out.values())
            if (asked.question() != null) asked.question().replyTo().tell(unreachable);
        waiting.forEach(question -> question.replyTo().tell(unreachable));
        out.clear();
        waiting.clear();
    }

    private void send(Question question) {
        var tag = tag();
        try {
            put(tag, question, RequestCodec.encode(tag, question.request()));
        } catch (IllegalArgumentException unsendable) {
            question.replyTo().tell(new Directory.Unreachable("Cannot be asked: " + unsendable.getMessage()));
        }
    }

    private void put(Tag tag, @Nullable Question question, ByteString line) {
        LOG.trace("registry >> {} {}B", question == null ? PROBE : name(question.request()), line.size());
        wire.send(line);
        out.put(tag, new Asked(question, System.nanoTime()));
    }

    private static String name(Request request) {
        return request.getClass().getSimpleName();
    }

    private Tag tag() {
        return new Tag(Long.toString(tags++, Character.MAX_RADIX));
    }
}
