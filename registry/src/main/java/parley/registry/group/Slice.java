package parley.registry.group;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import parley.messages.name.GroupName;
import parley.registry.journal.DirectoryEvent;
import parley.registry.journal.Snapshot;

/** One sixteenth of all groups of a world, in the order of their names. */
record Slice(SortedMap<GroupName, Count> counts) {
    static final Slice EMPTY = new Slice(Collections.emptySortedMap());

    record Count(int members, long revision) {}

    /** Also if a group that is not shown is to be shown no more: most modern ones never are, and cost nothing here. */
    boolean learnsNothing(GroupName group, int members, long revision) {
        var count = counts.get(group);
        return count == null ? members == 0 : count.revision() >= revision;
    }

    /** The first groups, until their {@code name:members,} fill {@code bytesMax} bytes; the last may stick out. */
    List<GroupDirectory.Size> first(int bytesMax) {
        var sizes = new ArrayList<GroupDirectory.Size>();
        int bytes = 0;
        for (var entry : counts.entrySet()) {
            if (bytes >= bytesMax) break;
            int members = entry.getValue().members();
            if (members == 0) continue;
            bytes += entry.getKey().text().length()
                    + ":,".length()
                    + Integer.toString(members).length();
            sizes.add(new GroupDirectory.Size(entry.getKey(), members));
        }
        return List.copyOf(sizes);
    }

    /** Those whose names come after {@code after}, or the first ones. */
    List<GroupDirectory.Size> behind(Optional<GroupName> after, int countMax) {
        var rest = after.map(name -> counts.tailMap(name)).orElse(counts);
        return rest.entrySet().stream()
                .filter(entry -> entry.getValue().members() > 0)
                .filter(entry -> after.filter(entry.getKey()::equals).isEmpty())
                .limit(countMax)
                .map(entry ->
                        new GroupDirectory.Size(entry.getKey(), entry.getValue().members()))
                .toList();
    }

    /** Copies the slice: microseconds for the thousands of groups that it may hold. The disk takes longer. */
    Slice with(DirectoryEvent event) {
        var next = new TreeMap<>(counts);
        switch (event) {
            case DirectoryEvent.Counted(var group, var members, var revision) ->
                next.put(new GroupName(group), new Count(members, revision));
        }
        return new Slice(Collections.unmodifiableSortedMap(next));
    }

    Snapshot.OfSlice snapshot() {
        return new Snapshot.OfSlice(counts.entrySet().stream()
                .map(e -> new Snapshot.Count(
                        e.getKey().text(), e.getValue().members(), e.getValue().revision()))
                .toList());
    }

    static Slice of(Snapshot.OfSlice snapshot) {
        var counts = new TreeMap<GroupName, Count>();
        for (var c : snapshot.counts()) counts.put(new GroupName(c.group()), new Count(c.members(), c.revision()));
        return new Slice(Collections.unmodifiableSortedMap(counts));
    }
}
