package parley.peer.command;

import java.util.List;
import java.util.function.Function;

/**
 * Secrets that a command misses: what to ask for, in order, and what the command is then.
 *
 * @param complete throws {@link parley.messages.name.BadName} if an answer is of no use
 */
public record Asking(List<String> prompts, Function<List<String>, Input> complete) {
    static final String PASSWORD = "Password: ";
    static final String NEW_PASSWORD = "New password: ";
    static final String BACKUP_PASSWORD = "Password for the backup: ";
    static final String RECOVERY_WORDS = "Recovery words: ";

    static Asking once(String prompt, Function<String, Input> complete) {
        return new Asking(List.of(prompt), typed -> complete.apply(typed.getFirst()));
    }
}
