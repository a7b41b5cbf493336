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

    private record Marking(int commit, Change.Mark mark) {}

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
                case Change.Mark mark -> marks.add(new Marking(commits.size() - 1, mark));
            }
        }
    }

    private void last(Place place, Optional<Supplier<ByteString>> value) {
        records.put(place, value);
    }

    /**
     * What became of it: to be believed when the transaction has returned.
     *
     * @param refused marks of each commit, in their order
     */
    record Written(HistoryTail tail, Map<MessageId, Long> serials, List<Set<Change.Mark>> refused) {}

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
        for (int i = 0; i < commits.size(); i++)
            commits.get(i).replyTo().tell(new Store.Committed(written.serials, written.refused.get(i)));
    }

    private List<Set<Change.Mark>> writeMarks(Writing vault) {
        var refused = new ArrayList<Set<Change.Mark>>();
        commits.forEach(commit -> refused.add(new HashSet<>()));
        var reached = new HashMap<MessageId, Optional<Marks>>();
        var touched = new LinkedHashMap<MessageId, Marks>();
        for (var marking : marks) {
            var mark = marking.mark;
            var before = reached.computeIfAbsent(
                    mark.id(), id -> vault.get(Marks.TABLE, Marks.key(id)).map(Marks::decode));
            if (Marks.takes(before, mark)) {
                var next = new Marks(mark.contact(), mark.reach());
                reached.put(mark.id(), Optional.of(next));
                touched.put(mark.id(), next);
            } else refused.get(marking.commit).add(mark);
        }
        touched.forEach((id, mark) -> vault.put(Marks.TABLE, Marks.key(id), mark.encode()));
        return refused;
    }
}
