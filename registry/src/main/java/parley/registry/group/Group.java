package parley.registry.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.messages.name.UserName;
import parley.registry.journal.GroupEvent;
import parley.registry.journal.Snapshot;

/**
 * A group that exists.
 *
 * @param kind as it is written in the journal
 * @param members in the order in which they joined; the first is the owner
 * @param revision grows with each event, so that what was announced late can be told from what is new
 */
record Group(String kind, TripleDesKey key, List<UserName> members, long revision) {
    /** Speaks the classic protocol, for life. */
    static final String CLASSIC = "classic";

    boolean has(UserName user) {
        return members.contains(user);
    }

    UserName newest() {
        return members.getLast();
    }

    static Optional<Group> with(Optional<Group> before, GroupEvent event) {
        return Optional.of(
                switch (event) {
                    case GroupEvent.Created(var kind, var owner, var keyHex) ->
                        new Group(kind, TripleDesKey.ofHex(keyHex), List.of(new UserName(owner)), 1);
                    case GroupEvent.Joined(var user) -> before.orElseThrow().joined(new UserName(user));
                });
    }

    private Group joined(UserName user) {
        var more = new ArrayList<>(members);
        more.add(user);
        return new Group(kind, key, List.copyOf(more), revision + 1);
    }

    Snapshot.OfGroup snapshot() {
        return new Snapshot.OfGroup(
                kind, key.hex(), members.stream().map(UserName::text).toList(), revision);
    }

    static Group of(Snapshot.OfGroup snapshot) {
        return new Group(
                snapshot.kind(),
                TripleDesKey.ofHex(snapshot.keyHex()),
                snapshot.members().stream().map(UserName::new).toList(),
                snapshot.revision());
    }
}
