package parley.peer.talk;

import java.time.Instant;
import parley.messages.name.UserName;

/** What happens between modern accounts. */
public sealed interface Mail extends Happening {
    /**
     * A text came, is stored, and was accepted.
     *
     * @param id 32 hex digits, the same at both ends
     * @param sent by the writer's clock
     * @param cursor what {@code --since} takes to go on behind this text
     */
    record MessageCame(String id, UserName from, String text, Instant sent, long cursor) implements Mail {
        @Override
        public String toString() {
            return "MessageCame[redacted]";
        }
    }

    /** A text of ours came further; each stage once, and a later one may come without the earlier. */
    record Moved(String id, UserName to, Stage stage) implements Mail {}

    /** Somebody to whom we never wrote has written; ACCEPT shows it, BLOCK throws it away. */
    record RequestCame(UserName from, int waiting) implements Mail {}

    /** Texts that were written before one that came are not here. */
    record Missing(UserName from, long count) implements Mail {}

    /** They have come after all. */
    record MissingCame(UserName from) implements Mail {}

    record IdentityChanged(UserName who, Change change) implements Mail {}

    /** A text was given up; it stays in the history. */
    record NotSent(String id, UserName to, String why) implements Mail {}

    /** A contact came or went. */
    record Presence(UserName who, boolean online) implements Mail {}

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
