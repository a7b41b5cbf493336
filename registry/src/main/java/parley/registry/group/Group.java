package parley.registry.group;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.group.EntryCodec;
import parley.messages.group.EntryRow;
import parley.messages.group.GroupEntry;
import parley.messages.group.GroupLog;
import parley.messages.group.Policy;
import parley.messages.group.Taking;
import parley.messages.identity.RegistryId;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.registry.journal.GroupEvent;
import parley.registry.journal.Snapshot;

/** A group that exists. It speaks the protocol of its world, for life. */
sealed interface Group {
    /** Grows with each event, so that what was announced late can be told from what is new. */
    long revision();

    /** Members as the list of its world shows them; 0 if it does not. */
    int listed();

    Snapshot snapshot();

    /**
     * @param kind as it is written in the journal
     * @param members in the order in which they joined; the first is the owner
     */
    record Classic(String kind, TripleDesKey key, List<UserName> members, long revision) implements Group {
        /** The only kind there is. */
        static final String KIND = "classic";

        boolean has(UserName user) {
            return members.contains(user);
        }

        UserName newest() {
            return members.getLast();
        }

        @Override
        public int listed() {
            return members.size();
        }

        private Classic joined(UserName user) {
            var more = new ArrayList<>(members);
            more.add(user);
            return new Classic(kind, key, List.copyOf(more), revision + 1);
        }

        @Override
        public Snapshot snapshot() {
            return new Snapshot.OfGroup(
                    kind, key.hex(), members.stream().map(UserName::text).toList(), revision);
        }

        private static Classic of(Snapshot.OfGroup snapshot) {
            return new Classic(
                    snapshot.kind(),
                    TripleDesKey.ofHex(snapshot.keyHex()),
                    snapshot.members().stream().map(UserName::new).toList(),
                    snapshot.revision());
        }
    }

    /** All that is known of it is what its members have signed. */
    record Modern(GroupLog log) implements Group {
        @Override
        public long revision() {
            return log.size();
        }

        @Override
        public int listed() {
            return log.policy() == Policy.OPEN ? log.members().size() : 0;
        }

        @Override
        public Snapshot snapshot() {
            return new Snapshot.OfModernGroup(text(EntryRow.encode(log.entries())));
        }
    }

    static GroupEvent begun(GroupEntry first) {
        return new GroupEvent.Begun(text(EntryCodec.encode(first)));
    }

    static GroupEvent appended(GroupEntry next) {
        return new GroupEvent.Appended(text(EntryCodec.encode(next)));
    }

    static int listed(Optional<Group> group) {
        return group.map(Group::listed).orElse(0);
    }

    /** Nothing for a modern group, or none. */
    static Optional<Classic> classic(Optional<Group> group) {
        return group.map(g -> g instanceof Classic classic ? classic : null);
    }

    /** Nothing for a classic group, or none. */
    static Optional<GroupLog> log(Optional<Group> group) {
        return group.map(g -> g instanceof Modern(var log) ? log : null);
    }

    /** @throws IllegalStateException if the journal holds an entry that this version would not have taken */
    static Optional<Group> with(RegistryId registry, GroupName name, Optional<Group> before, GroupEvent event) {
        return Optional.of(
                switch (event) {
                    case GroupEvent.Created(var kind, var owner, var keyHex) ->
                        new Classic(kind, TripleDesKey.ofHex(keyHex), List.of(new UserName(owner)), 1);
                    case GroupEvent.Joined(var user) ->
                        classic(before).orElseThrow(() -> notOurs(name)).joined(new UserName(user));
                    case GroupEvent.Begun(var entry) ->
                        taken(name, GroupLog.begin(registry, name, EntryCodec.decode(bytes(entry))));
                    case GroupEvent.Appended(var entry) ->
                        taken(
                                name,
                                log(before).orElseThrow(() -> notOurs(name)).append(EntryCodec.decode(bytes(entry))));
                });
    }

    /** This group as it was written; the name and the registry are part of where it was written. */
    static Group of(RegistryId registry, GroupName name, Snapshot snapshot) {
        return switch (snapshot) {
            case Snapshot.OfGroup classic -> Classic.of(classic);
            case Snapshot.OfModernGroup(var log) -> {
                var entries = EntryRow.decode(bytes(log));
                var first = taken(name, GroupLog.begin(registry, name, entries.getFirst()));
                yield taken(name, first.log().append(entries.subList(1, entries.size())));
            }
            case Snapshot.OfUser other -> throw notOurs(name);
            case Snapshot.OfModernUser other -> throw notOurs(name);
            case Snapshot.OfSlice other -> throw notOurs(name);
            case Snapshot.OfThrottle other -> throw notOurs(name);
        };
    }

    /** A log from the disk is verified like any other: the file may be another registry's, or be tampered with. */
    private static Modern taken(GroupName name, Taking answer) {
        return switch (answer) {
            case Taking.Longer(var log) -> new Modern(log);
            case Taking.Refused(var why) ->
                throw new IllegalStateException(
                        "the journal holds a log of group %s that is refused: %s; is it this registry's?"
                                .formatted(name, why));
        };
    }

    private static IllegalStateException notOurs(GroupName name) {
        return new IllegalStateException("the journal of group %s holds what is none of its".formatted(name));
    }

    private static String text(ByteString bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toArrayUnsafe());
    }

    private static ByteString bytes(String text) {
        return ByteString.fromArrayUnsafe(Base64.getUrlDecoder().decode(text));
    }
}
