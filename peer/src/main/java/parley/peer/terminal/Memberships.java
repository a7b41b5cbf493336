package parley.peer.terminal;

import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.talk.GroupMail;

/** Who is in which group, as far as it was shown. Safe for threads. */
final class Memberships {
    /** Groups. Those that one is in, and as many as one can be asked to choose from. */
    private static final int GROUPS_MAX = 1_000;

    /** Members of one group; a modern one has no more. */
    private static final int MEMBERS_MAX = 256;

    private final Map<GroupName, NavigableSet<UserName>> members = new ConcurrentSkipListMap<>();

    Iterable<UserName> of(GroupName group) {
        return members.getOrDefault(group, new ConcurrentSkipListSet<>());
    }

    /** All of them: who is not named is in it no longer. */
    void are(GroupName group, Iterable<UserName> users) {
        members.remove(group);
        users.forEach(user -> came(group, user));
    }

    void came(GroupName group, UserName user) {
        if (members.size() >= GROUPS_MAX && !members.containsKey(group)) return;
        var in = members.computeIfAbsent(group, unknown -> new ConcurrentSkipListSet<>());
        if (in.size() < MEMBERS_MAX) in.add(user);
    }

    void went(GroupName group, UserName user) {
        var in = members.get(group);
        if (in != null) in.remove(user);
    }

    void see(GroupMail.Changed changed) {
        switch (changed.change()) {
            case CREATED, JOINED, ADDED, ADMIN, NO_ADMIN -> came(changed.group(), changed.user());
            case LEFT, REMOVED -> went(changed.group(), changed.user());
            case POLICY -> {}
        }
    }
}
