package parley.peer.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import parley.messages.wire.Envelope;
import parley.messages.wire.MessageId;

/**
 * What one contact has not acknowledged yet, in order, and what is to be done about it now. Times are {@link
 * System#nanoTime}, passed in.
 *
 * <pre>
 *   waiting --link up, room in the window--&gt; on the link --acknowledged--&gt; (gone)
 *      |  ^------------ link down ------------´      |
 *      |                                             `--no sign for mailboxAfter--.
 *      `--no link, and none came within mailboxAfter of dialling--&gt; depositing &lt;--´
 *   depositing --kept--&gt; deposited (goes over the next link again) --acknowledged--&gt; (gone)
 *              --later--&gt; waiting, for longer each time
 * </pre>
 */
final class Backlog {
    /** Envelopes on a link that were not acknowledged: two round trips of a slow disk. */
    static final int WINDOW = 128;

    /** Bytes of those: what the other side lets us send before it stops reading. */
    static final int WINDOW_BYTES = 256 * 1024;

    private static final long NEVER = Long.MAX_VALUE;

    private static final class Item {
        final Envelope envelope;
        final int bytes;
        boolean deposited;
        boolean depositing;
        boolean onLink;
        int attempts;
        long notBefore;

        Item(Envelope envelope, boolean deposited, long notBefore) {
            this.envelope = envelope;
            this.bytes = envelope.message().size();
            this.deposited = deposited;
            this.notBefore = notBefore;
        }
    }

    private final DeliverySettings settings;
    private final RandomGenerator random;
    private final Map<MessageId, Item> items = new LinkedHashMap<>();
    private boolean linkUp;
    private boolean registryUp;
    private long lastSignNanos;
    private int onLink;
    private int bytesOnLink;
    private boolean depositing;

    Backlog(DeliverySettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    int size() {
        return items.size();
    }

    boolean isLinkUp() {
        return linkUp;
    }

    /** @param dialled whether a link is being opened, which the mailbox gives some time */
    void add(Envelope envelope, boolean deposited, boolean dialled, long now) {
        remove(envelope.id());
        long patience = linkUp || dialled ? settings.mailboxAfter().toNanos() : 0;
        items.put(envelope.id(), new Item(envelope, deposited, now + patience));
    }

    /** It was acknowledged, or is not to be sent any more. */
    void remove(MessageId id) {
        var item = items.remove(id);
        if (item == null) return;
        if (item.onLink) leaveLink(item);
        if (item.depositing) depositing = false;
    }

    /** The other side gave a sign of life that concerns what is on the link. */
    void sign(long now) {
        lastSignNanos = now;
    }

    void linkUp(long now) {
        linkUp = true;
        lastSignNanos = now;
        clearLink();
    }

    void linkDown() {
        linkUp = false;
        clearLink();
    }

    /** Whoever comes back is asked at once, however long the last pause was to be. */
    void registry(boolean up, long now) {
        if (up && !registryUp) {
            for (var item : items.values()) {
                long soon = now + patience(item);
                if (item.notBefore - soon > 0) item.notBefore = soon;
            }
        }
        registryUp = up;
    }

    private long patience(Item item) {
        return item.attempts == 0 ? settings.mailboxAfter().toNanos() : 0;
    }

    /** Whether these are the bytes that count: what was sealed anew keeps its id. */
    boolean holds(Envelope envelope) {
        var item = items.get(envelope.id());
        return item != null && item.envelope.equals(envelope);
    }

    void deposited(MessageId id, Paths.Deposit outcome, long now) {
        var item = items.get(id);
        if (item == null || !item.depositing) return;
        item.depositing = false;
        depositing = false;
        switch (outcome) {
            case Paths.Kept kept -> item.deposited = true;
            case Paths.Never never -> items.remove(id);
            case Paths.Later later -> item.notBefore = now + pause(item.attempts++);
        }
    }

    /** What fits on the link now; it counts as sent. */
    List<Envelope> forLink(long now) {
        if (!linkUp) return List.of();
        var out = new ArrayList<Envelope>();
        for (var item : items.values()) {
            if (item.onLink) continue;
            if (onLink == WINDOW || (onLink > 0 && bytesOnLink + item.bytes > WINDOW_BYTES)) break;
            if (onLink == 0) lastSignNanos = now;
            item.onLink = true;
            onLink++;
            bytesOnLink += item.bytes;
            out.add(item.envelope);
        }
        return out;
    }

    /**
     * What is due for the mailbox now; it counts as being deposited. The next one goes when this one was answered: were
     * several on their way to a mailbox that is full, and its owner took something out at that moment, a later one would
     * find room where an earlier one did not.
     */
    Optional<Envelope> forMailbox(long now) {
        if (!registryUp || depositing || (linkUp && silentNanos() - now > 0)) return Optional.empty();
        for (var item : items.values()) {
            if (item.deposited) continue;
            // In their order: what comes behind one that has to wait waits, too.
            if (dueNanos(item) - now > 0) break;
            item.depositing = true;
            depositing = true;
            return Optional.of(item.envelope);
        }
        return Optional.empty();
    }

    /** Nanoseconds until something is due, if anything will be without news from outside. */
    OptionalLong untilDue(long now) {
        if (!registryUp || depositing) return OptionalLong.empty();
        long next = NEVER;
        for (var item : items.values()) {
            if (item.deposited) continue;
            next = dueNanos(item);
            break;
        }
        return next == NEVER ? OptionalLong.empty() : OptionalLong.of(Math.max(0, next - now));
    }

    private long dueNanos(Item item) {
        if (item.deposited || item.depositing) return NEVER;
        if (!linkUp) return item.notBefore;
        // Beyond the window it has not been tried yet: what is in front of it decides.
        if (!item.onLink) return NEVER;
        return item.attempts == 0 || item.notBefore - silentNanos() < 0 ? silentNanos() : item.notBefore;
    }

    /** When a link that is up has been without a sign for too long. */
    private long silentNanos() {
        return lastSignNanos + settings.mailboxAfter().toNanos();
    }

    /** Doubles from attempt to attempt; half of it is chance, so that not all senders come at once. */
    private long pause(int attempts) {
        long doubled = settings.retryMin().toNanos() << Math.min(attempts, 20);
        long longest = settings.retryMax().toNanos();
        long pause = doubled <= 0 || doubled > longest ? longest : doubled;
        return pause / 2 + random.nextLong(pause / 2 + 1);
    }

    private void clearLink() {
        for (var item : items.values()) item.onLink = false;
        onLink = 0;
        bytesOnLink = 0;
    }

    private void leaveLink(Item item) {
        onLink--;
        bytesOnLink -= item.bytes;
    }
}
