package parley.peer.contact;

import java.util.ArrayList;
import java.util.List;
import parley.messages.wire.Content;
import parley.messages.wire.Content.Repeat.Unopened;
import parley.messages.wire.MessageId;

/**
 * What the contact has to be told and was not yet.
 *
 * @param delivered texts that came through the mailbox
 * @param read texts that were shown
 * @param unopened what could not be opened, and will be named in one {@code REPEAT}
 * @param lost whether the session may be what is wrong, so that the next {@code REPEAT} begins another
 */
record Owed(List<MessageId> delivered, List<MessageId> read, List<Unopened> unopened, boolean lost) {
    /** Ids; only while nothing may be sent do so many gather. The texts of the oldest stay at "sent". */
    private static final int RECEIPTS_MAX = 10_000;

    static final Owed NOTHING = new Owed(List.of(), List.of(), List.of(), false);

    Owed {
        delivered = List.copyOf(delivered);
        read = List.copyOf(read);
        unopened = List.copyOf(unopened);
    }

    boolean hasReceipts() {
        return !delivered.isEmpty() || !read.isEmpty();
    }

    boolean hasRoomForUnopened() {
        return unopened.size() < Content.IDS_MAX;
    }

    Owed withDelivered(MessageId id) {
        return delivered.contains(id) ? this : new Owed(added(delivered, List.of(id)), read, unopened, lost);
    }

    Owed withRead(List<MessageId> ids) {
        return new Owed(delivered, added(read, ids), unopened, lost);
    }

    Owed withUnopened(Unopened one, boolean sessionLost) {
        boolean known = unopened.stream().anyMatch(other -> other.id().equals(one.id()));
        return new Owed(delivered, read, known ? unopened : added(unopened, List.of(one)), lost || sessionLost);
    }

    Owed receipted() {
        return new Owed(List.of(), List.of(), unopened, lost);
    }

    Owed repeated() {
        return new Owed(delivered, read, List.of(), false);
    }

    private static <T> List<T> added(List<T> before, List<T> more) {
        var all = new ArrayList<>(before);
        all.addAll(more);
        return all.subList(Math.max(0, all.size() - RECEIPTS_MAX), all.size());
    }
}
