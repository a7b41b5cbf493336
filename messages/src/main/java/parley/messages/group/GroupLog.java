package parley.messages.group;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.RandomAccess;
import org.apache.pekko.util.ByteString;
import parley.messages.group.Stretch.Link;
import parley.messages.group.Taking.Longer;
import parley.messages.group.Taking.Refused;
import parley.messages.group.Taking.Why;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.RegistryId;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/**
 * All that the members of a group ever said about it, in order. A log that exists was verified: there is no other way
 * to one than {@link #begin} and {@link #append}, and each entry is verified once.
 *
 * <pre>
 *   begin: CREATE -> one member --JOIN, ADD, LEAVE, REMOVE, ADMIN, POLICY--> members --> ...
 *                    none left  --JOIN, if it is open--> one member; nothing else follows
 * </pre>
 */
public final class GroupLog {
    /** Beyond it members only go, so no log has more than these and {@link #MEMBERS_MAX}: 2.4 MiB at most. */
    public static final int ENTRIES_MAX = 10_000;

    /** Every message is sealed for each of them. */
    public static final int MEMBERS_MAX = 256;

    private final RegistryId registry;
    private final GroupName name;
    private final List<Stretch> stretches;
    private final Membership now;

    /** A log of one entry, if that one creates {@code name} at {@code registry}. */
    public static Taking begin(RegistryId registry, GroupName name, GroupEntry first) {
        var draft = first.draft();
        if (draft.sequence() != 0) return new Refused(Why.WRONG_SEQUENCE);
        if (!draft.previous().equals(EntryDraft.NONE)) return new Refused(Why.WRONG_PREVIOUS);
        if (!(draft.deed() instanceof Deed.Create create)) return new Refused(Why.WRONG_KIND);
        if (!create.group().equals(name)) return new Refused(Why.WRONG_NAME);
        if (!first.isSigned(registry)) return new Refused(Why.WRONG_SIGNATURE);
        return new Longer(new GroupLog(registry, name, List.of(), Membership.NONE).with(first));
    }

    private GroupLog(RegistryId registry, GroupName name, List<Stretch> stretches, Membership now) {
        this.registry = registry;
        this.name = name;
        this.stretches = stretches;
        this.now = now;
    }

    public Taking append(GroupEntry next) {
        var draft = next.draft();
        if (isFullFor(draft.deed())) return new Refused(Why.FULL);
        if (draft.sequence() != size()) return new Refused(Why.WRONG_SEQUENCE);
        if (!draft.previous().equals(head())) return new Refused(Why.WRONG_PREVIOUS);
        if (draft.deed() instanceof Deed.Create) return new Refused(Why.WRONG_KIND);
        if (!next.isSigned(registry)) return new Refused(Why.WRONG_SIGNATURE);
        var why = now.refuses(draft.author(), draft.key(), draft.deed());
        return why.isPresent() ? new Refused(why.get()) : new Longer(with(next));
    }

    /** All of them or none. */
    public Taking append(List<GroupEntry> next) {
        var log = this;
        for (var entry : next) {
            switch (log.append(entry)) {
                case Longer(var longer) -> log = longer;
                case Refused refused -> {
                    return refused;
                }
            }
        }
        return new Longer(log);
    }

    /** What would be answered to the next entry if it were signed; to explain before anybody is asked. */
    public Optional<Why> wouldRefuse(UserName author, IdentityKey key, Deed deed) {
        if (isFullFor(deed)) return Optional.of(Why.FULL);
        if (deed instanceof Deed.Create) return Optional.of(Why.WRONG_KIND);
        return now.refuses(author, key, deed);
    }

    /** The next entry, for its author to sign. */
    public EntryDraft draft(UserName author, IdentityKey key, Deed deed, long timeMillis) {
        return new EntryDraft(size(), head(), timeMillis, author, key, deed);
    }

    public RegistryId registry() {
        return registry;
    }

    public GroupName name() {
        return name;
    }

    /** Names this group for ever; another one under the same name has another. */
    public ByteString id() {
        return link(0).hash();
    }

    public Policy policy() {
        return now.policy();
    }

    /** In the order in which they came. */
    public List<GroupMember> members() {
        return now.members();
    }

    public Optional<GroupMember> member(UserName who) {
        return now.member(who);
    }

    /** Who he was right after the entry of that sequence; nobody if there is no such entry. */
    public Optional<GroupMember> memberAt(UserName who, long sequence) {
        if (sequence < 0 || sequence >= size()) return Optional.empty();
        int at = (int) sequence;
        return stretches
                .get(at / Stretch.LINKS_MAX)
                .after(at % Stretch.LINKS_MAX + 1)
                .member(who);
    }

    /** The sequence of the entry by which he went; none if he is a member, under whatever key, or never was one. */
    public OptionalLong endedAt(UserName who) {
        if (member(who).isPresent()) return OptionalLong.empty();
        for (int at = size() - 1; at >= 0; at--) if (removes(link(at).entry(), who)) return OptionalLong.of(at);
        return OptionalLong.empty();
    }

    /**
     * The sequence of the entry by which his last membership under that key ended, be it that he is held under another
     * one since; none if it goes on, or never was.
     */
    public OptionalLong endedAt(UserName who, IdentityKey identity) {
        var ended = OptionalLong.empty();
        for (int at = size() - 1; at >= 0; at--) {
            var entry = link(at).entry();
            var held = keyGivenTo(who, entry);
            if (held.filter(identity::equals).isPresent()) return ended;
            if (held.isPresent() || removes(entry, who)) ended = OptionalLong.of(at);
        }
        return OptionalLong.empty();
    }

    public int size() {
        return stretches.isEmpty()
                ? 0
                : (stretches.size() - 1) * Stretch.LINKS_MAX
                        + stretches.getLast().links().size();
    }

    /** Of the last entry. */
    public long sequence() {
        return size() - 1L;
    }

    /** The hash of the last entry. */
    public ByteString head() {
        return link(size() - 1).hash();
    }

    public Optional<ByteString> hashAt(long sequence) {
        return sequence < 0 || sequence >= size()
                ? Optional.empty()
                : Optional.of(link((int) sequence).hash());
    }

    /** A view: to look at a few of them costs no more than those. */
    public List<GroupEntry> entries() {
        return new Entries(this);
    }

    /** What {@code before} became entry by entry, this log last. All of it was verified when it came. */
    public List<GroupLog> stepsFrom(GroupLog before) {
        if (!hashAt(before.sequence()).equals(Optional.of(before.head())))
            throw new IllegalArgumentException("%s did not grow from %s".formatted(this, before));
        var steps = new ArrayList<GroupLog>(size() - before.size());
        var step = before;
        for (int at = before.size(); at < size(); at++) {
            step = step.with(link(at));
            steps.add(step);
        }
        return List.copyOf(steps);
    }

    private GroupLog with(GroupEntry entry) {
        return with(new Link(entry, entry.hash(registry)));
    }

    private GroupLog with(Link link) {
        var draft = link.entry().draft();
        return new GroupLog(
                registry,
                name,
                Stretch.with(stretches, now, link),
                now.with(draft.author(), draft.key(), draft.deed()));
    }

    private boolean isFullFor(Deed deed) {
        return size() >= ENTRIES_MAX && !(deed instanceof Deed.Leave || deed instanceof Deed.Remove);
    }

    private static boolean removes(GroupEntry entry, UserName who) {
        return switch (entry.deed()) {
            case Deed.Leave() -> entry.draft().author().equals(who);
            case Deed.Remove(var removed) -> removed.equals(who);
            case Deed.Create c -> false;
            case Deed.Join j -> false;
            case Deed.Add a -> false;
            case Deed.Admin a -> false;
            case Deed.Become b -> false;
        };
    }

    /** Under which key that entry makes him a member. */
    private static Optional<IdentityKey> keyGivenTo(UserName who, GroupEntry entry) {
        var draft = entry.draft();
        return switch (draft.deed()) {
            case Deed.Create c ->
                Optional.of(draft.key()).filter(key -> draft.author().equals(who));
            case Deed.Join j ->
                Optional.of(draft.key()).filter(key -> draft.author().equals(who));
            case Deed.Add(var added, var identity) -> Optional.of(identity).filter(key -> added.equals(who));
            case Deed.Leave l -> Optional.empty();
            case Deed.Remove r -> Optional.empty();
            case Deed.Admin a -> Optional.empty();
            case Deed.Become b -> Optional.empty();
        };
    }

    private Link link(int at) {
        return stretches.get(at / Stretch.LINKS_MAX).links().get(at % Stretch.LINKS_MAX);
    }

    private static final class Entries extends AbstractList<GroupEntry> implements RandomAccess {
        private final GroupLog log;

        Entries(GroupLog log) {
            this.log = log;
        }

        @Override
        public GroupEntry get(int index) {
            return log.link(Objects.checkIndex(index, log.size())).entry();
        }

        @Override
        public int size() {
            return log.size();
        }
    }

    /** Two logs with one head at one registry are one log. */
    @Override
    public boolean equals(Object other) {
        return other instanceof GroupLog log && head().equals(log.head()) && registry.equals(log.registry);
    }

    @Override
    public int hashCode() {
        return head().hashCode();
    }

    @Override
    public String toString() {
        return "GroupLog[%s, %d entries, %d members]"
                .formatted(name, size(), now.members().size());
    }
}
