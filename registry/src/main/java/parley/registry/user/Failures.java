package parley.registry.user;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import parley.messages.name.UserName;
import parley.registry.journal.Snapshot;
import parley.registry.journal.ThrottleEvent;

/**
 * The wrong passwords that came from one source address, counted for each account, and for all together that came when
 * there were too many accounts to count.
 */
record Failures(Map<String, Count> counts) {
    /** The slot of whoever has none; no user has this name. */
    static final String OTHERS = "*";

    static final Failures NONE = new Failures(Map.of());

    record Count(int wrong, Instant last) {
        boolean old(SignInRules rules, Instant now) {
            return !now.isBefore(last.plus(rules.forgetAfter()));
        }
    }

    /** Which count is {@code account}'s. */
    String slot(UserName account, SignInRules rules, Instant now) {
        if (counts.containsKey(account.text()) || named() < rules.accountsPerSource()) return account.text();
        return evictable(rules, now) == null ? OTHERS : account.text();
    }

    /**
     * How long an attempt must wait; zero if it may go on. Attempts {@code inFlight} count as if they had failed: who
     * sends a hundred at once has not made one attempt a hundred times.
     */
    Duration pause(String slot, int inFlight, SignInRules rules, Instant now) {
        var count = counts.get(slot);
        int wrong = count == null || count.old(rules, now) ? 0 : count.wrong();
        if (wrong + inFlight < rules.freeAttempts()) return Duration.ZERO;
        if (inFlight > 0 || count == null) return rules.delay(wrong + inFlight);
        var delay = rules.delay(wrong);
        var left = Duration.between(now, count.last().plus(delay));
        if (left.isNegative()) return Duration.ZERO;
        // A clock that was put back must not keep anyone out for longer than the rules say.
        return left.compareTo(delay) > 0 ? delay : left;
    }

    /** What a wrong password adds; what is too old is forgiven first. */
    List<ThrottleEvent> failed(String slot, SignInRules rules, Instant now) {
        var events = new ArrayList<ThrottleEvent>();
        var charged = slot;
        var count = counts.get(slot);
        if (count != null) {
            if (count.old(rules, now)) events.add(new ThrottleEvent.Forgiven(slot));
        } else if (!slot.equals(OTHERS) && named() >= rules.accountsPerSource()) {
            var oldest = evictable(rules, now);
            if (oldest == null) charged = OTHERS; // the last free slot went to another attempt meanwhile
            else events.add(new ThrottleEvent.Forgiven(oldest));
        }
        events.add(new ThrottleEvent.Failed(charged, now.toEpochMilli()));
        return events;
    }

    /** What a right password removes. It says nothing of the others that share a count. */
    List<ThrottleEvent> succeeded(String slot) {
        return slot.equals(OTHERS) || !counts.containsKey(slot) ? List.of() : List.of(new ThrottleEvent.Forgiven(slot));
    }

    Failures with(ThrottleEvent event) {
        var next = new HashMap<>(counts);
        switch (event) {
            case ThrottleEvent.Failed(var account, var atMillis) -> {
                var before = next.get(account);
                int wrong = before == null ? 1 : before.wrong() + 1;
                next.put(account, new Count(wrong, Instant.ofEpochMilli(atMillis)));
            }
            case ThrottleEvent.Forgiven(var account) -> next.remove(account);
        }
        return new Failures(Map.copyOf(next));
    }

    Snapshot.OfThrottle snapshot() {
        return new Snapshot.OfThrottle(counts.entrySet().stream()
                .map(e -> new Snapshot.Failures(
                        e.getKey(), e.getValue().wrong(), e.getValue().last().toEpochMilli()))
                .sorted(Comparator.comparing(Snapshot.Failures::account))
                .toList());
    }

    static Failures of(Snapshot.OfThrottle snapshot) {
        var counts = new HashMap<String, Count>();
        for (var f : snapshot.failures())
            counts.put(f.account(), new Count(f.count(), Instant.ofEpochMilli(f.lastMillis())));
        return new Failures(Map.copyOf(counts));
    }

    private int named() {
        return counts.size() - (counts.containsKey(OTHERS) ? 1 : 0);
    }

    private @Nullable String evictable(SignInRules rules, Instant now) {
        return counts.entrySet().stream()
                .filter(e -> !e.getKey().equals(OTHERS) && e.getValue().old(rules, now))
                .min(Comparator.comparing(e -> e.getValue().last()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }
}
