package parley.messages.wire;

import parley.messages.field.MalformedFields;

/** Why an envelope was not opened and never will be, as its receiver tells its sender; docs/PROTOCOL.md §10. */
public enum Reason {
    UNKNOWN_SESSION(1),
    ENDED_SESSION(2),
    UNKNOWN_PREKEYS(3),
    SPENT_PREKEYS(4),
    REPLAYED(5),
    FORGED(6),
    TOO_FAR_AHEAD(7),
    OTHER(8);

    private final int number;

    Reason(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** @throws MalformedFields if no reason has that number */
    public static Reason of(int number) {
        for (var reason : values()) if (reason.number == number) return reason;
        throw new MalformedFields("reason %d, expected 1 to %d".formatted(number, values().length));
    }
}
