package parley.messages.name;

/** What a group is called; the same rules as for a {@link UserName}, in a name space of its own. */
public record GroupName(String text) implements Comparable<GroupName> {
    /** @throws BadName if {@code text} is not a name */
    public GroupName {
        text = Names.checked("group", text);
    }

    @Override
    public int compareTo(GroupName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
