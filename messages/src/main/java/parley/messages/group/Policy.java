package parley.messages.group;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import parley.messages.field.MalformedFields;

/** Who may bring others into a group; docs/PROTOCOL.md §12.1. */
public enum Policy {
    /** Whoever wants joins, and members bring others. */
    OPEN(1),
    /** Admins bring others. */
    INVITE(2),
    /** Members bring others. */
    MEMBERS(3),
    /** Nobody comes in. */
    CLOSED(4);

    private final int number;

    Policy(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** As a user types and reads it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws MalformedFields if no policy has that number */
    public static Policy of(int number) {
        for (var policy : values()) if (policy.number == number) return policy;
        throw new MalformedFields("policy %d, expected 1 to %d".formatted(number, values().length));
    }

    public static Optional<Policy> ofWord(String word) {
        return Arrays.stream(values())
                .filter(policy -> policy.word().equals(word))
                .findFirst();
    }
}
