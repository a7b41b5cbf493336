package parley.peer.command;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.messages.name.Password;
import parley.messages.name.UserName;

/** What only modern accounts can be asked. */
public sealed interface ModernInput extends Input
        permits ModernInput.Contacts,
                ModernInput.Accept,
                ModernInput.Block,
                ModernInput.Verify,
                ModernInput.History,
                ModernInput.Search,
                ModernInput.Read,
                ModernInput.Status,
                ModernInput.ChangePassword,
                ModernInput.Export,
                ModernInput.Import,
                ModernInput.Revoke,
                FileInput,
                GroupInput {
    record Contacts() implements ModernInput {}

    /**
     * A stranger's request, or a contact's new identity.
     *
     * @param digits what the other side reads out; null for the identity that was shown last
     */
    record Accept(UserName user, @Nullable String digits) implements ModernInput {}

    record Block(UserName user) implements ModernInput {}

    /** @param digits what the other side reads out, null to be shown ours */
    record Verify(UserName user, @Nullable String digits) implements ModernInput {}

    /** @param count texts, the newest ones */
    record History(Conversation with, int count) implements ModernInput {
        public static final int COUNT_USUAL = 20;
        public static final int COUNT_MAX = 10_000;
    }

    /**
     * Prints without the words.
     *
     * @param in null for all conversations
     */
    record Search(String words, @Nullable Conversation in) implements ModernInput {
        @Override
        public String toString() {
            return "Search[redacted]";
        }
    }

    /** All that was written there so far was read. */
    record Read(Conversation with) implements ModernInput {}

    record Status() implements ModernInput {}

    /** @param old null, as {@code fresh}, until it was asked for */
    record ChangePassword(@Nullable Password old, @Nullable Password fresh) implements ModernInput {
        @Override
        public @Nullable Asking asking() {
            if (old != null && fresh != null) return null;
            return new Asking(
                    List.of(Asking.PASSWORD, Asking.NEW_PASSWORD),
                    typed -> new ChangePassword(new Password(typed.getFirst()), new Password(typed.getLast())));
        }
    }

    /** @param password of the backup; null until it was asked for */
    record Export(Path file, @Nullable Password password) implements ModernInput {
        @Override
        public @Nullable Asking asking() {
            return password != null
                    ? null
                    : Asking.once(Asking.BACKUP_PASSWORD, typed -> new Export(file, new Password(typed)));
        }

        @Override
        public String toString() {
            return "Export[redacted]";
        }
    }

    /** @param password of the backup; null until it was asked for */
    record Import(Path file, @Nullable Password password) implements ModernInput {
        @Override
        public @Nullable Asking asking() {
            return password != null
                    ? null
                    : Asking.once(Asking.BACKUP_PASSWORD, typed -> new Import(file, new Password(typed)));
        }

        @Override
        public String toString() {
            return "Import[redacted]";
        }
    }

    /**
     * Ends an identity for good. Prints without the words.
     *
     * @param words of the recovery key; null until they were asked for
     */
    record Revoke(UserName user, @Nullable String words) implements ModernInput {
        @Override
        public @Nullable Asking asking() {
            return words != null ? null : Asking.once(Asking.RECOVERY_WORDS, typed -> new Revoke(user, typed));
        }

        @Override
        public String toString() {
            return "Revoke[%s, redacted]".formatted(user);
        }
    }
}
