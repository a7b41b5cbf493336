package parley.messages.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.messages.group.Taking.Why;
import parley.messages.identity.IdentityKey;
import parley.messages.name.UserName;

/**
 * What a log has come to say: who is in the group, in the order in which they came, and by which policy others come.
 * Who may write what is decided here; docs/PROTOCOL.md §12.1.
 */
record Membership(Policy policy, List<GroupMember> members) {
    /** Before the first entry. */
    static final Membership NONE = new Membership(Policy.CLOSED, List.of());

    Membership {
        members = List.copyOf(members);
    }

    Optional<GroupMember> member(UserName name) {
        return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }

    /** What stands against the next deed, of any kind but {@code CREATE}; the first that does. */
    Optional<Why> refuses(UserName author, IdentityKey key, Deed deed) {
        var writer = member(author).filter(member -> member.identity().equals(key));
        if (writer.isEmpty() && !(deed instanceof Deed.Join)) return Optional.of(Why.NOT_A_MEMBER);
        if (isForAdmins(deed) && !writer.map(GroupMember::admin).orElse(false)) return Optional.of(Why.NOT_AN_ADMIN);
        if (isOfSomebodyHere(author, deed)) return Optional.of(Why.MEMBER_ALREADY);
        if (isOfNobodyHere(author, deed)) return Optional.of(Why.NO_SUCH_MEMBER);
        if (isAgainstPolicy(deed)) return Optional.of(Why.NOT_BY_POLICY);
        var next = with(author, key, deed);
        if (next.members.size() > GroupLog.MEMBERS_MAX) return Optional.of(Why.TOO_MANY_MEMBERS);
        // Nor does it alter anything that the longest member, who is the only admin, is to be none.
        return next.equals(this) ? Optional.of(Why.NOTHING_NEW) : Optional.empty();
    }

    Membership with(UserName author, IdentityKey key, Deed deed) {
        var next = switch (deed) {
            case Deed.Create(var group, var first, var salt) ->
                NONE.ruledBy(first).and(author, key);
            case Deed.Join() -> and(author, key);
            case Deed.Add(var who, var identity) -> without(who).and(who, identity);
            case Deed.Leave() -> without(author);
            case Deed.Remove(var who) -> without(who);
            case Deed.Admin(var who, var on) -> withAdmin(who, on);
            case Deed.Become(var other) -> ruledBy(other);
        };
        return next.withSomeAdmin();
    }

    private boolean isForAdmins(Deed deed) {
        return switch (deed) {
            // To hold a member under another key is to remove the one who was meant by the old one.
            case Deed.Add(var who, var identity) ->
                policy == Policy.INVITE
                        || member(who)
                                .filter(held -> !held.identity().equals(identity))
                                .isPresent();
            case Deed.Remove r -> true;
            case Deed.Admin a -> true;
            case Deed.Become b -> true;
            case Deed.Create c -> false;
            case Deed.Join j -> false;
            case Deed.Leave l -> false;
        };
    }

    private boolean isOfSomebodyHere(UserName author, Deed deed) {
        return switch (deed) {
            case Deed.Join j -> member(author).isPresent();
            case Deed.Add(var who, var identity) ->
                member(who).filter(held -> held.identity().equals(identity)).isPresent();
            case Deed.Create c -> false;
            case Deed.Leave l -> false;
            case Deed.Remove r -> false;
            case Deed.Admin a -> false;
            case Deed.Become b -> false;
        };
    }

    private boolean isOfNobodyHere(UserName author, Deed deed) {
        return switch (deed) {
            case Deed.Remove(var who) -> who.equals(author) || member(who).isEmpty();
            case Deed.Admin(var who, var on) -> member(who).isEmpty();
            case Deed.Create c -> false;
            case Deed.Join j -> false;
            case Deed.Add a -> false;
            case Deed.Leave l -> false;
            case Deed.Become b -> false;
        };
    }

    private boolean isAgainstPolicy(Deed deed) {
        return (deed instanceof Deed.Join && policy != Policy.OPEN)
                || (deed instanceof Deed.Add && policy == Policy.CLOSED);
    }

    private Membership ruledBy(Policy other) {
        return new Membership(other, members);
    }

    private Membership and(UserName name, IdentityKey identity) {
        var more = new ArrayList<>(members);
        more.add(new GroupMember(name, identity, false));
        return new Membership(policy, more);
    }

    private Membership without(UserName name) {
        return new Membership(
                policy,
                members.stream().filter(member -> !member.name().equals(name)).toList());
    }

    private Membership withAdmin(UserName name, boolean on) {
        var altered = members.stream()
                .map(member -> member.name().equals(name) ? new GroupMember(name, member.identity(), on) : member)
                .toList();
        return new Membership(policy, altered);
    }

    private Membership withSomeAdmin() {
        if (members.isEmpty() || members.stream().anyMatch(GroupMember::admin)) return this;
        return withAdmin(members.getFirst().name(), true);
    }
}
