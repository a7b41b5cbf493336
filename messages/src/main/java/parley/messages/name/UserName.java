package parley.messages.name;

/**
 * Who a user is: 1 to {@value Names#LENGTH_MAX} of {@code a-z 0-9 _ . -}, unique in one registry. Upper case is
 * accepted and folded, because classic clients fold some requests and not others.
 */
public record UserName(String text) implements Comparable<UserName> {
    /** @throws BadName if {@code text} is not a name */
    public UserName {
        text = Names.checked("user", text);
    }

    @Override
    public int compareTo(UserName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
