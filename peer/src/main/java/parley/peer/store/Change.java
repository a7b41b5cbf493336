package parley.peer.store;

import java.util.List;
import java.util.function.Supplier;
import org.apache.pekko.util.ByteString;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;

/** Something to be stored. What is in one commit is on disk together or not at all. */
public sealed interface Change {
    /**
     * Prints without its value.
     *
     * @param value asked for once, by the store's thread, and only if no later change in the same group replaces it:
     *     so it has to come from something that never alters
     */
    record Put(String table, ByteString key, Supplier<ByteString> value) implements Change {
        @Override
        public String toString() {
            return "Put[%s]".formatted(table);
        }
    }

    record Delete(String table, ByteString key) implements Change {
        @Override
        public String toString() {
            return "Delete[%s]".formatted(table);
        }
    }

    /** A text for the history; its serial comes with {@link Store.Committed}. */
    record Append(HistoryEntry entry) implements Change {}

    /**
     * How far a text of ours has come. {@link Reach#QUEUED} begins it; anything else counts only for a text that was
     * written to this contact, or in a group to him as a member, and only forward.
     */
    record Mark(UserName contact, MessageId id, Reach reach) implements Change {}

    /**
     * Begins what {@link Mark} goes on with for a text of ours in a group: its members, each {@link Reach#QUEUED}. Says
     * nothing if the text has a mark.
     */
    record MarkGroup(GroupName group, MessageId id, List<UserName> members) implements Change {
        public MarkGroup {
            members = List.copyOf(members);
        }
    }
}
