package parley.messages.directory;

import java.util.regex.Pattern;

/** Ties an answer to its request: 1 to 16 of {@code a-z 0-9}, chosen by the client. */
public record Tag(String text) {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9]{1,16}|-");

    /** In an answer to what not even had a tag that could be read. */
    public static final Tag NONE = new Tag("-");

    /** @throws MalformedLine if {@code text} is no tag */
    public Tag {
        if (!SHAPE.matcher(text).matches()) throw new MalformedLine("expected a tag of 1 to 16 of a-z 0-9");
    }

    @Override
    public String toString() {
        return text;
    }
}
