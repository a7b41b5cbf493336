package parley.peer.talk;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** What commands that only modern accounts have, or have otherwise, answer. */
public sealed interface ModernAnswer extends Answer
        permits ModernAnswer.Enrolled,
                ModernAnswer.Entered,
                ModernAnswer.Queued,
                ModernAnswer.Contacts,
                ModernAnswer.Accepted,
                ModernAnswer.Blocked,
                ModernAnswer.Verification,
                ModernAnswer.History,
                ModernAnswer.Found,
                ModernAnswer.ReadAll,
                ModernAnswer.State,
                ModernAnswer.PasswordChanged,
                ModernAnswer.Exported,
                ModernAnswer.Imported,
                ModernAnswer.Revoked,
                FileAnswer,
                GroupAnswer {
    /** Prints without the words, which are shown once and kept nowhere. */
    record Enrolled(UserName user, String recoveryWords, String registry) implements ModernAnswer {
        @Override
        public String toString() {
            return "Enrolled[%s, redacted]".formatted(user);
        }
    }

    /**
     * @param listening where links are accepted
     * @param unread texts that came and were not read, with their number
     * @param groups all that we are in
     */
    record Entered(UserName user, String listening, List<Unread> unread, List<UnreadInGroup> groups)
            implements ModernAnswer {
        public Entered(UserName user, String listening, List<Unread> unread) {
            this(user, listening, unread, List.of());
        }
    }

    record Unread(UserName from, int texts) {}

    /** @param texts may be none */
    record UnreadInGroup(GroupName group, int texts) {}

    /** Safely in the outbox; what becomes of it is told by {@link Mail.Moved}. */
    record Queued(String id, UserName to) implements ModernAnswer {}

    record Contacts(List<Contact> contacts) implements ModernAnswer {}

    record Contact(UserName name, Standing standing, Trust trust, boolean online, int unread) {}

    enum Standing {
        ACCEPTED,
        WAITING,
        BLOCKED
    }

    enum Trust {
        UNVERIFIED,
        VERIFIED,
        /** The identity is another and was not accepted yet. */
        CHANGED,
        REVOKED
    }

    record Accepted(UserName user, int texts) implements ModernAnswer {}

    record Blocked(UserName user) implements ModernAnswer {}

    /** @param verified whether the digits were compared */
    record Verification(UserName user, String digits, boolean verified) implements ModernAnswer {}

    record History(UserName with, List<Text> texts) implements ModernAnswer {}

    /** Newest first; at most as many as a screen can use. */
    record Found(List<Text> texts, boolean more) implements ModernAnswer {}

    /**
     * A text of the history, or a file.
     *
     * @param with the contact; of a group's text its writer, who may be ourselves
     * @param text of a file its name
     * @param reached how far one of ours came; null for theirs, and in a group
     */
    record Text(
            String id,
            Optional<InGroup> in,
            UserName with,
            boolean ours,
            String text,
            Instant time,
            @Nullable Reached reached,
            Optional<Attached> file) {
        public Text(String id, UserName with, boolean ours, String text, Instant time, @Nullable Reached reached) {
            this(id, Optional.empty(), with, ours, text, time, reached, Optional.empty());
        }

        @Override
        public String toString() {
            return "Text[redacted]";
        }
    }

    enum Reached {
        QUEUED,
        SENT,
        /** It was given up. */
        FAILED,
        DELIVERED,
        READ
    }

    /**
     * @param sha256 of its content, in lower-case hex; empty of one that we sent
     * @param type what its first bytes look like; empty of one that we sent
     * @param path where it was when we sent it, or came to rest
     */
    record Attached(long bytes, String sha256, String type, Path path) {}

    /** How many members one of ours has come to, so far or further, of how many to whom it goes; 0 for theirs. */
    record InGroup(GroupName group, int sent, int delivered, int read, int of) {
        public static InGroup theirs(GroupName group) {
            return new InGroup(group, 0, 0, 0, 0);
        }
    }

    record ReadAll(UserName user, int texts) implements ModernAnswer {}

    /**
     * @param registry where it is, and whether we are signed in there
     * @param mailbox envelopes that waited when we signed in
     */
    record State(UserName user, String registry, boolean connected, int outbox, long mailbox, List<Route> routes)
            implements ModernAnswer {}

    /** @param link where a direct link leads, empty if texts go by the mailbox */
    record Route(UserName contact, Optional<String> link, int waiting) {}

    record PasswordChanged() implements ModernAnswer {}

    record Exported(Path file) implements ModernAnswer {}

    record Imported(UserName user) implements ModernAnswer {}

    record Revoked(UserName user) implements ModernAnswer {}
}
