package parley.peer.store;

import java.util.Optional;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;

/**
 * A text that was written or opened, or a file that was sent or came. Prints without it.
 *
 * @param contact with whom; in a group its writer, who may be ourselves
 * @param group in which it was written; none for a text to one contact
 * @param ours whether we wrote it
 * @param timeMillis of the writer's clock
 * @param atMillis of our own clock, when it was stored
 * @param text of a file its name, which is found like other words
 * @param file none if it is a text
 */
public record HistoryEntry(
        UserName contact,
        Optional<GroupName> group,
        boolean ours,
        MessageId id,
        long counter,
        long timeMillis,
        long atMillis,
        String text,
        Optional<HistoryFile> file) {
    /** A text. */
    public HistoryEntry(
            UserName contact,
            Optional<GroupName> group,
            boolean ours,
            MessageId id,
            long counter,
            long timeMillis,
            long atMillis,
            String text) {
        this(contact, group, ours, id, counter, timeMillis, atMillis, text, Optional.empty());
    }

    @Override
    public String toString() {
        return "HistoryEntry[%s, %s]".formatted(contact, id);
    }
}
