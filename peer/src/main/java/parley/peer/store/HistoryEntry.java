package parley.peer.store;

import parley.messages.name.UserName;
import parley.messages.wire.MessageId;

/**
 * A text that was written or opened. Prints without it.
 *
 * @param ours whether we wrote it
 * @param timeMillis of the writer's clock
 * @param atMillis of our own clock, when it was stored
 */
public record HistoryEntry(
        UserName contact, boolean ours, MessageId id, long counter, long timeMillis, long atMillis, String text) {
    @Override
    public String toString() {
        return "HistoryEntry[%s, %s]".formatted(contact, id);
    }
}
