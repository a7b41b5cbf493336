package parley.peer.modern;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import parley.messages.name.UserName;

/** The contacts of a session, in the order of their names. */
final class Roster {
    private final SortedMap<UserName, Member> members = new TreeMap<>();
    private final Function<UserName, Member> meeting;

    /** @param meeting makes what one needs for a contact that is new here */
    Roster(Function<UserName, Member> meeting) {
        this.meeting = meeting;
    }

    Member meet(UserName name) {
        var known = members.get(name);
        if (known != null) return known;
        var met = meeting.apply(name);
        members.put(name, met);
        return met;
    }

    /** Met again he is new here. */
    void forget(UserName name) {
        members.remove(name);
    }

    Optional<Member> find(UserName name) {
        return Optional.ofNullable(members.get(name));
    }

    void put(Member member) {
        members.put(member.name(), member);
    }

    Collection<Member> all() {
        return members.values();
    }

    /** Who may see where we are, and whose coming and going we want to know. */
    SortedSet<UserName> friends() {
        var friends = new TreeSet<UserName>();
        for (var member : members.values()) if (member.isFriend()) friends.add(member.name());
        return friends;
    }

    void nobodyIsOnline() {
        members.replaceAll((name, member) -> member.online(false, Optional.empty()));
    }
}
