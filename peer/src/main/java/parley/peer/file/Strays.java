package parley.peer.file;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.contact.Effect;

/**
 * Pieces in the inbox whose offer is not known: that of a group waits for the group's log. Those of a file that is over
 * look the same to who does not remember it, so of each contact only the last ones are kept. Mutable.
 */
final class Strays {
    /** Of one contact: some of the room that his inbox has, which is for all that he says of files. */
    private static final int MAX = 100;

    /** Files that are over of which late pieces are known to be that. */
    private static final int OVER_MAX = 1_000;

    private record Stray(Ref ref, Effect.ForFiles what) {}

    private final Map<UserName, Deque<Stray>> byContact = new HashMap<>();
    private final SequencedSet<Ref> over = new LinkedHashSet<>();

    /** Nothing that comes of it is wanted any more. */
    void over(Ref ref) {
        over.addLast(ref);
        if (over.size() > OVER_MAX) over.removeFirst();
    }

    boolean isOver(Ref ref) {
        return over.contains(ref);
    }

    /** @return one that is to be given up for it */
    Optional<Effect.ForFiles> add(Ref ref, Effect.ForFiles what) {
        var strays = byContact.computeIfAbsent(ref.with(), contact -> new ArrayDeque<>());
        if (strays.stream().anyMatch(stray -> isOf(stray, what.content().id()))) return Optional.empty();
        strays.add(new Stray(ref, what));
        return strays.size() <= MAX ? Optional.empty() : Optional.of(strays.remove().what);
    }

    List<Effect.ForFiles> of(Ref ref) {
        return byContact.getOrDefault(ref.with(), new ArrayDeque<>()).stream()
                .filter(stray -> stray.ref.equals(ref))
                .map(Stray::what)
                .toList();
    }

    void taken(Ref ref, MessageId piece) {
        var strays = byContact.get(ref.with());
        if (strays != null) strays.removeIf(stray -> isOf(stray, piece));
    }

    private static boolean isOf(Stray stray, MessageId piece) {
        return stray.what.content().id().equals(piece);
    }
}
