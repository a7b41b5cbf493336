package parley.registry.mailbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import parley.messages.name.UserName;

/**
 * What is in one mailbox, but for the bytes: who left what when, and whether more goes in. What is being written counts
 * already, or many at once would exceed what fits.
 *
 * <pre>
 *   coming --came----&gt; waiting --remove--&gt; gone
 *          --failed--&gt; gone
 * </pre>
 */
final class Contents {
    /** @param timeMillis when it was deposited, since 1970 */
    record Entry(UserName from, long timeMillis, int bytes) {}

    private record Sum(int envelopes, long bytes) {
        static final Sum NOTHING = new Sum(0, 0);

        Sum plus(int count, long size) {
            return new Sum(envelopes + count, bytes + size);
        }
    }

    private final MailboxRules rules;
    private final NavigableMap<Long, Entry> waiting = new TreeMap<>();
    private final Map<UserName, Sum> bySender = new HashMap<>();
    private Sum all = Sum.NOTHING;
    /** None is older, so that looking for old ones costs nothing as a rule. */
    private long oldestMillis = Long.MAX_VALUE;

    Contents(MailboxRules rules, Map<Long, Entry> onDisk) {
        this.rules = rules;
        onDisk.forEach((serial, entry) -> {
            came(serial, entry);
            count(entry, 1);
        });
    }

    /** What is full for an envelope of that many bytes, or nothing. */
    Optional<String> full(UserName from, int bytes) {
        if (all.envelopes() >= rules.envelopesMax())
            return Optional.of("mailbox full, %d envelopes wait".formatted(all.envelopes()));
        if (all.bytes() + bytes > rules.bytesMax())
            return Optional.of("mailbox full, %d bytes wait of at most %d".formatted(all.bytes(), rules.bytesMax()));
        var own = bySender.getOrDefault(from, Sum.NOTHING);
        if (own.envelopes() >= rules.envelopesOfOneMax())
            return Optional.of("mailbox full for one sender, %d envelopes of yours wait".formatted(own.envelopes()));
        if (own.bytes() + bytes > rules.bytesOfOneMax())
            return Optional.of("mailbox full for one sender, %d bytes of yours wait of at most %d"
                    .formatted(own.bytes(), rules.bytesOfOneMax()));
        return Optional.empty();
    }

    void coming(Entry entry) {
        count(entry, 1);
    }

    void came(long serial, Entry entry) {
        waiting.put(serial, entry);
        oldestMillis = Math.min(oldestMillis, entry.timeMillis());
    }

    void failed(Entry entry) {
        count(entry, -1);
    }

    void remove(long serial) {
        var gone = waiting.remove(serial);
        if (gone != null) count(gone, -1);
    }

    Optional<Long> nextAfter(long serial) {
        return Optional.ofNullable(waiting.higherKey(serial));
    }

    /** Nothing if it was acknowledged meanwhile, or is too old. */
    Optional<Entry> at(long serial) {
        return Optional.ofNullable(waiting.get(serial));
    }

    /** Those that were deposited before then, to be removed by whoever asks. A clock that was set back makes some stay longer, and none go. */
    List<Long> olderThan(long timeMillis) {
        if (oldestMillis >= timeMillis) return List.of();
        var times = waiting.values().stream().mapToLong(Entry::timeMillis);
        oldestMillis = times.filter(time -> time >= timeMillis).min().orElse(Long.MAX_VALUE);
        return waiting.entrySet().stream()
                .filter(entry -> entry.getValue().timeMillis() < timeMillis)
                .map(Map.Entry::getKey)
                .toList();
    }

    boolean isEmpty() {
        return all.envelopes() == 0;
    }

    private void count(Entry entry, int times) {
        long bytes = (long) times * entry.bytes();
        all = all.plus(times, bytes);
        var sum = bySender.getOrDefault(entry.from(), Sum.NOTHING).plus(times, bytes);
        if (sum.envelopes() == 0) bySender.remove(entry.from());
        else bySender.put(entry.from(), sum);
    }
}
