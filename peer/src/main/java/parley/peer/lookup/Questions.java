package parley.peer.lookup;

import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.classic.GroupKey;
import parley.messages.classic.MalformedMessage;
import parley.messages.classic.Reply;
import parley.messages.classic.ReplyCodec;
import parley.messages.classic.Request;
import parley.messages.classic.RequestCodec;

/**
 * What one connection is asked: one question is out, the others wait for their turn. Belongs to its lookup's thread.
 */
final class Questions {
    /** Questions that wait. Each command makes a few; more at once is a mistake of ours. */
    static final int WAITING_MAX = 4096;

    /** @param replyTo null for a probe, whose answer nobody waits for */
    private record Question(Request request, @Nullable ActorRef<? super Lookup.Answer> replyTo) {
        void answer(Lookup.Answer answer) {
            if (replyTo != null) replyTo.tell(answer);
        }
    }

    private final BoundedSourceQueue<ByteString> out;
    private final Runnable asked;
    private final Queue<Question> questions = new ArrayDeque<>();
    private ByteString held = ByteString.emptyByteString();

    /** @param asked is run whenever a question goes out: the time for its answer begins */
    Questions(BoundedSourceQueue<ByteString> out, Runnable asked) {
        this.out = out;
        this.asked = asked;
    }

    boolean isEmpty() {
        return questions.isEmpty();
    }

    void add(Request request, @Nullable ActorRef<? super Lookup.Answer> replyTo) {
        var question = new Question(request, replyTo);
        if (questions.size() >= WAITING_MAX) {
            question.answer(new Lookup.Unreachable("Too many requests at once, expected at most " + WAITING_MAX));
            return;
        }
        questions.add(question);
        if (questions.size() == 1) send(question);
    }

    /**
     * Answers the question that is out, if {@code bytes} are its reply or the end of it, and sends the next.
     *
     * @return whether it was answered
     * @throws MalformedMessage if no question is out or they are no reply to it
     */
    boolean received(ByteString bytes) {
        var first = questions.peek();
        if (first == null) throw new MalformedMessage("an answer that nobody had asked for");
        held = held.concat(bytes);
        if (held.size() > ReplyCodec.REPLY_BYTES_MAX) {
            throw new MalformedMessage(
                    "an answer of more than the %d bytes it may have".formatted(ReplyCodec.REPLY_BYTES_MAX));
        }
        // The one reply of known length; all others are what one read returned, as for every classic client.
        if (first.request() instanceof Request.KeyOf && held.size() < GroupKey.BYTES && !ReplyCodec.isError(held)) {
            return false;
        }
        Reply reply = ReplyCodec.decode(first.request(), held);
        held = ByteString.emptyByteString();
        questions.remove();
        first.answer(new Lookup.Answered(reply));
        if (!questions.isEmpty()) send(questions.element());
        return true;
    }

    /** None of them will be answered any more. */
    void giveUp(String why) {
        var unreachable = new Lookup.Unreachable(why);
        questions.forEach(question -> question.answer(unreachable));
        questions.clear();
    }

    private void send(Question next) {
        out.offer(RequestCodec.encode(next.request()));
        asked.run();
    }
}
