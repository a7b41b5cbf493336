package parley.messages.classic;

/** Counts as the classic protocol writes them: ASCII digits alone. {@link Integer#parseInt} takes signs and Thai, too. */
final class Decimal {
    /** @throws MalformedMessage unless {@code digits} is a number of 0 to {@code max} */
    static int parse(String digits, int max, String what) {
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new MalformedMessage(what + " that is no number");
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            value = 10 * value + (digits.charAt(i) - '0');
            if (value > max) throw new MalformedMessage("%s of more than %d".formatted(what, max));
        }
        return (int) value;
    }

    private Decimal() {}
}
