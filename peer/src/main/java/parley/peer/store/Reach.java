package parley.peer.store;

import parley.messages.field.MalformedFields;

/** How far a text of ours has come, in the order in which one replaces another. */
public enum Reach {
    QUEUED(1),
    /** The registry has it. */
    SENT(2),
    GAVE_UP(3),
    DELIVERED(4),
    READ(5);

    private final int number;

    Reach(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Reach of(int number) {
        for (var reach : values()) if (reach.number == number) return reach;
        throw new MalformedFields("reach %d, expected 1 to %d".formatted(number, values().length));
    }
}
