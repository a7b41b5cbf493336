package parley.peer.store;

import java.util.Optional;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;

/**
 * A text that was written or opened. Prints without it.
 *
 * @param contact with whom; in a group its writer, who may be ourselves
 * @param group in which it was written; none for a text to one contact
 * @param ours whether we wrote it
 * @param timeMillis of the writer's clock
 * @param atMillis of our own clock, when it was stored
 */
public record HistoryEntry(
        UserName contact,
        Optional<GroupName> group,
        boolean ours,
        MessageId id,
        long counter,
        long timeMillis,
        long atMillis,
        String text) {
    @Override
    public String toString() {
        return "HistoryEntry[%s, %s]".formatted(contact, id);
    }
}
