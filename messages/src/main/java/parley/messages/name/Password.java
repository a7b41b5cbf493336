package parley.messages.name;

/**
 * What a user types to be believed: 1 to {@value #LENGTH_MAX} characters without blanks, case-sensitive. Prints as
 * {@code redacted}, so that no log, exception or dead letter can hold one by accident.
 */
public record Password(String text) {
    /** Characters. Longer ones only cost hashing time. */
    public static final int LENGTH_MAX = 128;

    /** @throws BadName if it is empty, too long, or holds a blank, a control character or half a surrogate pair */
    public Password {
        if (text.isEmpty() || text.length() > LENGTH_MAX) {
            throw new BadName("Bad password, expected 1 to %d characters".formatted(LENGTH_MAX));
        }
        if (text.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw new BadName("Bad password, expected one without blanks");
        }
        // Half a pair has no bytes of its own: all such passwords would be one.
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw new BadName("Bad password, expected whole characters");
        }
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
