package parley.peer.group;

import java.time.Duration;
import java.util.Map;
import org.apache.pekko.util.ByteString;
import parley.messages.group.GroupLog;
import parley.messages.wire.Place;
import parley.peer.contact.Effect;

/**
 * What a place means to its receiver; docs/PROTOCOL.md §12.5, steps 2 to 5.
 *
 * <pre>
 *   beyond the known log ──► TooShort        another entry there than the writer knows ──► Different
 *   the writer was no member then, or is none since longer than the grace ──► NoMember        else ──► Good
 * </pre>
 */
sealed interface Judgement {
    /** How long what a member wrote may be on its way when his membership ends. */
    Duration GRACE = Duration.ofMinutes(10);

    record Good() implements Judgement {}

    record TooShort() implements Judgement {}

    record Different(ByteString ours) implements Judgement {}

    record NoMember() implements Judgement {}

    /** Of the log alone: whoever the writer is. */
    static Judgement of(Place place, GroupLog log) {
        var ours = log.hashAt(place.sequence());
        if (ours.isEmpty()) return new TooShort();
        return ours.get().equals(place.head()) ? new Good() : new Different(ours.get());
    }

    /** @param since when entries became known here, of those of late */
    static Judgement of(Effect.ForGroup text, GroupLog log, Map<Long, Long> since, long nowMillis) {
        var place = text.content().place();
        var judged = of(place, log);
        if (!(judged instanceof Good)) return judged;
        var then = log.memberAt(text.contact(), place.sequence())
                .filter(member -> member.identity().equals(text.identity()));
        if (then.isEmpty()) return new NoMember();
        var ended = log.endedAt(text.contact(), text.identity());
        if (ended.isEmpty()) return judged;
        var known = since.get(ended.getAsLong());
        return known != null && isOfLate(known, nowMillis) ? judged : new NoMember();
    }

    /** Whether what became known then did so within the grace. A clock that was put back makes nothing young. */
    static boolean isOfLate(long knownMillis, long nowMillis) {
        return Math.abs(nowMillis - knownMillis) <= GRACE.toMillis();
    }
}
