package parley.messages.directory;

import java.util.regex.Pattern;

/**
 * The code that lets one person sign up where that takes an invitation: 1 to 64 of {@code A-Z a-z 0-9 _ -}. Whoever
 * reads it can use it, hence it prints as {@code redacted}.
 */
public record Invite(String code) {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** @throws MalformedLine if {@code code} is anything else */
    public Invite {
        if (!SHAPE.matcher(code).matches())
            throw new MalformedLine("expected an invitation of 1 to 64 of A-Z a-z 0-9 _ -");
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
