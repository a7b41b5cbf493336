package parley.peer.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What others are still to be told, and how far each of it is. Mutable.
 *
 * <pre>
 *   waiting --next--&gt; with the cipher --gone--&gt; (out of here)
 *      ^---again-- put off &lt;--putOff--´
 * </pre>
 *
 * Of one file one after the other: its order is its meaning.
 */
final class Posting {
    /** What is with ciphers at once: each may hold a small file. */
    private static final int AT_ONCE = 32;

    private enum Phase {
        WAITING,
        WITH_CIPHER,
        PUT_OFF
    }

    private final Map<Post, Phase> posts = new LinkedHashMap<>();

    void add(Post post) {
        posts.putIfAbsent(post, Phase.WAITING);
    }

    List<Post> next() {
        var next = new ArrayList<Post>();
        long out = posts.values().stream()
                .filter(phase -> phase == Phase.WITH_CIPHER)
                .count();
        var before = new HashSet<Ref>();
        for (var each : posts.entrySet()) {
            boolean first = before.add(each.getKey().ref());
            if (out + next.size() >= AT_ONCE || !first || each.getValue() != Phase.WAITING) continue;
            each.setValue(Phase.WITH_CIPHER);
            next.add(each.getKey());
        }
        return next;
    }

    void gone(Post post) {
        posts.remove(post);
    }

    void putOff(Post post) {
        posts.replace(post, Phase.PUT_OFF);
    }

    void again() {
        posts.replaceAll((post, phase) -> phase == Phase.PUT_OFF ? Phase.WAITING : phase);
    }
}
