package parley.peer.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.pekko.util.ByteString;
import parley.messages.wire.MessageId;

/**
 * Commits that go to disk as one. Of several writes to one record only the last is made; marks and texts keep their
 * order. Mutable; it is filled, written once, and gone.
 */
final class Group {
    private record Place(String table, ByteString key) {}

    private sealed interface Marking {}

    private record Begins(int commit, Change.MarkGroup mark) implements Marking {}

    private record Moves(int commit, Change.Mark mark) implements Marking {}

    private final Map<Place, Optional<Supplier<ByteString>>> records = new LinkedHashMap<>();
    private final List<HistoryEntry> entries = new ArrayList<>();
    private final List<Marking> marks = new ArrayList<>();
    private final List<Store.Commit> commits = new ArrayList<>();

    boolean isEmpty() {
        return commits.isEmpty();
    }

    List<Store.Commit> commits() {
        return commits;
    }

    void add(Store.Commit commit) {
        commits.add(commit);
        for (var change : commit.changes()) {
            switch (change) {
                case Change.Put(var table, var key, var value) -> last(new Place(table, key), Optional.of(value));
                case Change.Delete(var table, var key) -> last(new Place(table, key), Optional.empty());
                case Change.Append(var entry) -> entries.add(entry);
                case Change.Mark mark -> marks.add(new Moves(commits.size() - 1, mark));
                case Change.MarkGroup mark -> marks.add(new Begins(commits.size() - 1, mark));
            }
        }
    }

    private void last(Place place, Optional<Supplier<ByteString>> value) {
        records.put(place, value);
    }

    /** What became of one commit's marks. */
    record Marked(Set<Change.Mark> refused, Map<Change.Mark, GroupReach> inGroups) {
        static Marked none() {
            return new Marked(new HashSet<>(), new HashMap<>());
        }
    }

    /**
     * What became of it: to be believed when the transaction has returned.
     *
     * @param marked of each commit, in their order
     */
    record Written(HistoryTail tail, Map<MessageId, Long> serials, List<Marked> marked) {
        Store.Committed of(int commit) {
            var marks = marked.get(commit);
            return new Store.Committed(serials, marks.refused, marks.inGroups);
        }
    }

    /** Within a transaction. */
    Written write(Writing vault, HistoryTail tail) {
        records.forEach((place, value) -> {
            if (value.isPresent()) vault.put(place.table, place.key, value.get().get());
            else vault.delete(place.table, place.key);
        });
        var longer = tail.with(entries);
        longer.pages().forEach((key, page) -> vault.put(HistoryTail.TABLE, key, page));
        return new Written(longer.next(), longer.serials(), writeMarks(vault));
    }

    void answer(Written written) {
        for (int i = 0; i < commits.size(); i++) commits.get(i).replyTo().tell(written.of(i));
    }

    private List<Marked> writeMarks(Writing vault) {
        var marked = new ArrayList<Marked>();
        commits.forEach(commit -> marked.add(Marked.none()));
        var known = new HashMap<MessageId, Optional<Marks>>();
        var touched = new LinkedHashMap<MessageId, Marks>();
        for (var marking : marks) {
            var id = id(marking);
            var before = known.computeIfAbsent(id, each -> Marks.of(each, vault));
            var next = switch (marking) {
                case Begins(var commit, var mark) ->
                    before.isEmpty() ? Optional.of(Marks.begun(mark)) : Optional.<Marks>empty();
                case Moves(var commit, var mark) -> moved(before, mark, marked.get(commit));
            };
            next.ifPresent(now -> {
                known.put(id, Optional.of(now));
                touched.put(id, now);
            });
        }
        touched.forEach((id, mark) -> vault.put(Marks.TABLE, Marks.key(id), mark.encode()));
        return marked;
    }

    private static Optional<Marks> moved(Optional<Marks> before, Change.Mark mark, Marked marked) {
        var next = Marks.after(before, mark);
        if (next.isEmpty()) marked.refused.add(mark);
        else next.get().inGroup(mark.reach()).ifPresent(reach -> marked.inGroups.put(mark, reach));
        return next;
    }

    private static MessageId id(Marking marking) {
        return switch (marking) {
            case Begins(var commit, var mark) -> mark.id();
            case Moves(var commit, var mark) -> mark.id();
        };
    }
}
