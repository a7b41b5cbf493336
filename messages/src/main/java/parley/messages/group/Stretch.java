package parley.messages.group;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;

/**
 * Some entries of a log that follow each other. A log is a value and shares all its stretches but the last with the one
 * that it grew from: an entry more copies a hundred references, not ten thousand.
 *
 * @param before who was in the group before the first of them: what was then is found again without reading all
 * @param links at most {@value #LINKS_MAX}
 */
record Stretch(Membership before, List<Link> links) {
    /** About the root of {@link GroupLog#ENTRIES_MAX}: as many stretches as there are links in one. */
    static final int LINKS_MAX = 100;

    record Link(GroupEntry entry, ByteString hash) {}

    Stretch {
        links = List.copyOf(links);
    }

    /** {@code stretches} and one link more. */
    static List<Stretch> with(List<Stretch> stretches, Membership now, Link link) {
        var more = new ArrayList<>(stretches);
        if (stretches.isEmpty() || stretches.getLast().links.size() == LINKS_MAX)
            more.add(new Stretch(now, List.of(link)));
        else more.set(more.size() - 1, stretches.getLast().and(link));
        return List.copyOf(more);
    }

    private Stretch and(Link link) {
        var more = new ArrayList<>(links);
        more.add(link);
        return new Stretch(before, more);
    }

    /** Who was in the group after the first {@code count} of them. */
    Membership after(int count) {
        var then = before;
        for (var link : links.subList(0, count)) {
            var draft = link.entry().draft();
            then = then.with(draft.author(), draft.key(), draft.deed());
        }
        return then;
    }
}
