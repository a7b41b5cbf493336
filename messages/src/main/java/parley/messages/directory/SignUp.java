package parley.messages.directory;

import java.util.Locale;

/** How one gets an account at a registry. */
public enum SignUp {
    OPEN,
    /** With an invitation of its operator's. */
    INVITE,
    CLOSED;

    /** As it is written in lines and in settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws MalformedLine if {@code word} is none of them */
    public static SignUp of(String word) {
        for (var policy : values()) if (policy.word().equals(word)) return policy;
        throw new MalformedLine("expected open, invite or closed");
    }
}
