package parley.peer.cipher.ratchet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.messages.identity.AgreementKey;
import parley.peer.cipher.primitive.Secret;

/**
 * Keys of messages that later ones have overtaken, oldest first.
 *
 * @param keys at most {@value #KEYS_MAX}; beyond that the oldest go
 */
record Skipped(List<Key> keys) {
    /** Signal's number; 170 KiB of a vault at most. */
    static final int KEYS_MAX = 2_000;

    /** A message that is later than this is given up: the longer a key is kept, the longer it can be stolen. */
    static final Duration AGE_MAX = Duration.ofDays(7);

    static final Skipped NONE = new Skipped(List.of());

    /** @param sinceMillis when it was skipped, of our own clock */
    record Key(AgreementKey ratchet, long number, Secret key, long sinceMillis) {}

    Skipped {
        keys = List.copyOf(keys);
    }

    @Nullable
    Secret find(Header header) {
        for (var key : keys) {
            if (key.number == header.number() && key.ratchet.equals(header.ratchet())) return key.key;
        }
        return null;
    }

    Skipped without(Header header) {
        return new Skipped(keys.stream()
                .filter(key -> key.number != header.number() || !key.ratchet.equals(header.ratchet()))
                .toList());
    }

    Skipped with(List<Key> more) {
        if (more.isEmpty()) return this;
        var all = new ArrayList<>(keys);
        all.addAll(more);
        return new Skipped(all.subList(Math.max(0, all.size() - KEYS_MAX), all.size()));
    }

    /**
     * Those that are not too old. A clock that was set back makes a key younger than new: it counts from now, and does
     * not live until the clock is there again.
     */
    Skipped at(long nowMillis) {
        if (keys.isEmpty()) return this;
        var kept = new ArrayList<Key>(keys.size());
        for (var key : keys) {
            if (key.sinceMillis > nowMillis) kept.add(new Key(key.ratchet, key.number, key.key, nowMillis));
            else if (nowMillis - key.sinceMillis <= AGE_MAX.toMillis()) kept.add(key);
        }
        return new Skipped(kept);
    }
}
