package parley.peer.script;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import parley.messages.name.UserName;
import parley.peer.talk.Answer;
import parley.peer.talk.FileAnswer;
import parley.peer.talk.FileMail;
import parley.peer.talk.GroupAnswer;
import parley.peer.talk.Mail;
import parley.peer.talk.ModernAnswer;

/**
 * What was written here and has not left this machine yet. Safe in the outbox it is, but whoever has nothing more to say
 * may not come back for a long time.
 */
final class OnTheirWay {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Map<String, Waiting> waiting = new HashMap<>();
    private boolean registryLost;

    /** @param left those of its recipients to whom it went, or will not go */
    private record Waiting(int recipients, Set<UserName> left) {}

    /** Before the answer's command counts as ended. */
    void answered(Answer answer) {
        if (answer instanceof ModernAnswer.Queued(var id, var to)) alter(() -> await(id, 1));
        else if (answer instanceof GroupAnswer.Queued(var id, var group, var members)) alter(() -> await(id, members));
        else if (answer instanceof FileAnswer.Queued(var id, var to, var members, var name, var bytes))
            alter(() -> await(id, members));
    }

    void came(Mail mail) {
        if (mail instanceof Mail.Moved(var id, var group, var to, var stage)) alter(() -> left(id, to));
        else if (mail instanceof Mail.NotSent(var id, var group, var to, var why)) alter(() -> left(id, to));
        else if (mail instanceof FileMail.Failed(var id, var group, var way, var with, var name, var why))
            alter(() -> left(id, with));
    }

    /** Something is under way: its end is worth waiting for. */
    void moves() {
        alter(() -> {});
    }

    void registry(boolean there) {
        alter(() -> registryLost = !there);
    }

    private void alter(Runnable change) {
        lock.lock();
        try {
            change.run();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(String id, int recipients) {
        if (recipients > 0) waiting.put(id, new Waiting(recipients, new HashSet<>()));
    }

    private void left(String id, UserName to) {
        var known = waiting.get(id);
        if (known == null) return;
        known.left.add(to);
        if (known.left.size() >= known.recipients) waiting.remove(id);
    }

    /**
     * Waits until all have left, or nothing has moved for {@code patience}, or the registry is away, without which
     * nobody knows where to go.
     *
     * @return how many have not
     */
    int awaitLeft(Duration patience) throws InterruptedException {
        lock.lock();
        try {
            boolean moves = true;
            while (moves && !waiting.isEmpty() && !registryLost)
                moves = moved.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}
