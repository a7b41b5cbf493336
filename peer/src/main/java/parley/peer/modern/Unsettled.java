package parley.peer.modern;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import parley.messages.name.UserName;

/**
 * Which envelopes of the mailbox ciphers were given and have not settled: when one is read anew, those were lost to it,
 * and none behind them may be opened before them. For the session's actor only.
 *
 * <pre>
 *   given --settled, left--&gt; (gone)
 *         --its cipher begins anew--&gt; lost --it comes again--&gt; given
 *                                         those behind it are not taken meanwhile: they come again behind it
 * </pre>
 */
final class Unsettled {
    private final Map<UserName, TreeSet<Long>> given = new HashMap<>();

    /** The first that each cipher has lost. */
    private final Map<UserName, Long> lost = new HashMap<>();

    /** Whether an envelope may be given to his cipher now. */
    boolean takes(UserName from, long serial) {
        var first = lost.get(from);
        if (first != null && serial > first) return false;
        lost.remove(from);
        given.computeIfAbsent(from, none -> new TreeSet<>()).add(serial);
        return true;
    }

    void settled(UserName from, long serial) {
        var his = given.get(from);
        if (his == null) return;
        his.remove(serial);
        if (his.isEmpty()) given.remove(from);
    }

    /** What was given and not settled comes again, from the first on. */
    void beginsAnew(UserName from) {
        var his = given.remove(from);
        if (his != null) lost.put(from, his.first());
    }

    /** All that waits is collected on another connection: nothing that was asked for before is on its way any more. */
    void signedIn() {
        given.clear();
        lost.clear();
    }
}
