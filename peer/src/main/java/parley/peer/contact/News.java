package parley.peer.contact;

import java.util.Optional;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;

/** What a screen is told. */
public sealed interface News extends Effect {
    /**
     * @param timeMillis of the writer's clock
     * @param serial its place in the history, a cursor of {@code --since}
     */
    record TextOpened(UserName contact, MessageId id, String text, long timeMillis, long serial) implements News {
        @Override
        public String toString() {
            return "TextOpened[%s, %s, serial %d]".formatted(contact, id, serial);
        }
    }

    /** @param inGroup for a text in a group: how many it has reached so far */
    record Reached(UserName contact, MessageId id, Stage stage, Optional<InGroup> inGroup) implements News {}

    record InGroup(GroupName group, int reached, int of) {}

    /** How far a text of ours has come. */
    enum Stage {
        SENT,
        DELIVERED,
        READ
    }

    /**
     * @param count texts of a stranger that wait, and groups that he names
     * @param group the last that he named
     */
    record RequestWaiting(UserName contact, int count, Optional<GroupName> group) implements News {}

    /** Texts that came before the one that was just opened and are not there. */
    record Gap(UserName contact, long fromCounter, long toCounter) implements News {}

    record GapFilled(UserName contact, long counter) implements News {}

    /** @param signed by the identity before; if not, nothing is sent until it is accepted */
    record IdentityChanged(UserName contact, boolean signed) implements News {}

    record IdentityEnded(UserName contact) implements News {}

    /** The registry hands out less of a chain than it did before. What was seen is believed. */
    record ChainWithheld(UserName contact) implements News {}

    /**
     * A vault was put back from an older copy.
     *
     * @param ours ours or the contact's
     * @param missing texts that may be missing in that vault
     */
    record VaultWasOld(UserName contact, boolean ours, long missing) implements News {}

    /** What the registry handed out for a first message is not what the contact signed. It is asked for again later. */
    record BadBundle(UserName contact, String why) implements News {}

    /** @param group in which it was written, if it was */
    record GaveUp(UserName contact, MessageId id, Optional<GroupName> group, String why) implements News {}

    /** Something was received that this version cannot show. */
    record UnknownKind(UserName contact, int kind) implements News {}
}
