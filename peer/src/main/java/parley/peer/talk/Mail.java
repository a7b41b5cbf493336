package parley.peer.talk;

import java.time.Instant;
import java.util.Optional;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** What happens between modern accounts. What belongs to a group names it. */
public sealed interface Mail extends Happening
        permits Mail.MessageCame,
                Mail.Moved,
                Mail.RequestCame,
                Mail.Missing,
                Mail.MissingCame,
                Mail.IdentityChanged,
                Mail.NotSent,
                Mail.Presence,
                Mail.SignedUp,
                FileMail,
                GroupMail {
    /**
     * A text came, is stored, and was accepted.
     *
     * @param id 32 hex digits, the same at both ends
     * @param sent by the writer's clock
     * @param cursor what {@code --since} takes to go on behind this text
     */
    record MessageCame(String id, Optional<GroupName> group, UserName from, String text, Instant sent, long cursor)
            implements Mail {
        public MessageCame(String id, UserName from, String text, Instant sent, long cursor) {
            this(id, Optional.empty(), from, text, sent, cursor);
        }

        @Override
        public String toString() {
            return "MessageCame[redacted]";
        }
    }

    /** A text of ours came further; each stage once a recipient, and a later one may come without the earlier. */
    record Moved(String id, Optional<InGroup> in, UserName to, Stage stage) implements Mail {
        public Moved(String id, UserName to, Stage stage) {
            this(id, Optional.empty(), to, stage);
        }
    }

    /** @param reached for how many it has come so far or further, of how many to whom it goes */
    record InGroup(GroupName group, int reached, int of) {
        boolean whole() {
            return reached == of;
        }
    }

    /**
     * Somebody to whom we never wrote has written; ACCEPT shows it, BLOCK throws it away.
     *
     * @param group the group of which he says that we are in it, if that is what he said
     * @param waiting texts, none if he only said so
     */
    record RequestCame(UserName from, Optional<GroupName> group, int waiting) implements Mail {
        public RequestCame(UserName from, int waiting) {
            this(from, Optional.empty(), waiting);
        }
    }

    /** Texts that were written before one that came are not here. */
    record Missing(Optional<GroupName> group, UserName from, long count) implements Mail {
        public Missing(UserName from, long count) {
            this(Optional.empty(), from, count);
        }
    }

    /** They have come after all. */
    record MissingCame(Optional<GroupName> group, UserName from) implements Mail {
        public MissingCame(UserName from) {
            this(Optional.empty(), from);
        }
    }

    record IdentityChanged(UserName who, Change change) implements Mail {}

    /** A text was given up; it stays in the history. */
    record NotSent(String id, Optional<GroupName> group, UserName to, String why) implements Mail {
        public NotSent(String id, UserName to, String why) {
            this(id, Optional.empty(), to, why);
        }
    }

    /** A contact came or went. */
    record Presence(UserName who, boolean online) implements Mail {}

    /** A sign-up that was not answered in time is done: shown once, like those of one that was. */
    record SignedUp(UserName user, String recoveryWords) implements Mail {
        @Override
        public String toString() {
            return "SignedUp[%s, redacted]".formatted(user);
        }
    }

    enum Stage {
        /** In the recipient's mailbox. */
        SENT,
        /** On the recipient's disk. */
        DELIVERED,
        READ
    }

    enum Change {
        /** The old identity signed the new one. */
        SIGNED,
        /** Nobody signed it: nothing is sent until the user accepts it. */
        UNSIGNED,
        REVOKED
    }
}
