package parley.proving.modern.evil;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.directory.Code;
import parley.messages.directory.Limits;
import parley.messages.directory.Reply;
import parley.messages.group.EntryRow;
import parley.messages.group.GroupEntry;
import parley.messages.group.GroupLog;
import parley.messages.group.Policy;
import parley.messages.group.Taking;
import parley.messages.identity.RegistryId;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/**
 * The groups of a {@link PlayedRegistry}: one log of each, as a registry keeps them, and what is shown instead of it to
 * whom. Whoever is shown another log writes on that one. An entry has to be the next, and nothing else is checked.
 */
public final class PlayedGroups {
    private record Audience(UserName who, GroupName group) {}

    private final Supplier<RegistryId> registry;
    private final NavigableMap<GroupName, List<GroupEntry>> logs = new TreeMap<>();
    private final Map<Audience, List<GroupEntry>> instead = new HashMap<>();
    private final Set<UserName> putOff = new HashSet<>();

    PlayedGroups(Supplier<RegistryId> registry) {
        this.registry = registry;
    }

    /** The one that is true. */
    public synchronized GroupLog log(GroupName group) {
        return verified(group, Objects.requireNonNull(logs.get(group)));
    }

    /** From now on {@code who} is shown these, whatever they are; none at all is a group that there isn't. */
    public synchronized void show(UserName who, GroupName group, List<GroupEntry> entries) {
        instead.put(new Audience(who, group), new ArrayList<>(entries));
    }

    /** From now on he is told to ask later. */
    public synchronized void hasNoTimeFor(UserName who) {
        putOff.add(who);
    }

    /** What is true from now on. */
    public synchronized void put(GroupLog log) {
        logs.put(log.name(), new ArrayList<>(log.entries()));
    }

    /** Everybody is shown the true log again. */
    public synchronized void tellTheTruth() {
        putOff.clear();
        instead.clear();
    }

    /** What {@code who} is shown just now, if that is a log. */
    public synchronized GroupLog shownTo(UserName who, GroupName group) {
        return verified(group, Objects.requireNonNull(shown(who, group)));
    }

    synchronized Reply create(GroupName group, GroupEntry first) {
        if (logs.containsKey(group)) return new Reply.Refused(Code.TAKEN, "taken");
        logs.put(group, new ArrayList<>(List.of(first)));
        return new Reply.Done();
    }

    synchronized Reply append(UserName asker, GroupName group, GroupEntry next) {
        var log = instead.getOrDefault(new Audience(asker, group), logs.get(group));
        if (log == null || log.isEmpty()) return new Reply.Refused(Code.UNKNOWN, "no such group");
        var draft = next.draft();
        if (draft.sequence() != log.size() || !draft.previous().equals(hash(log.getLast())))
            return new Reply.Refused(Code.HEAD, "another entry was first");
        log.add(next);
        return new Reply.Appended(log.size());
    }

    synchronized Reply log(UserName asker, GroupName group, int from) {
        if (putOff.contains(asker)) return new Reply.Refused(Code.BUSY, "try again in a moment");
        var shown = shown(asker, group);
        if (shown == null || shown.isEmpty()) return new Reply.Refused(Code.UNKNOWN, "no such group");
        var rest = shown.subList(Math.min(from, shown.size()), shown.size());
        return new Reply.Log(shown.size(), EntryRow.fitting(List.copyOf(rest), Limits.ROW_BYTES_MAX));
    }

    synchronized Reply list(Optional<GroupName> after) {
        var rest = after.map(last -> logs.tailMap(last, false)).orElse(logs);
        return new Reply.Groups(rest.keySet().stream()
                .map(this::log)
                .filter(log -> log.policy() == Policy.OPEN && !log.members().isEmpty())
                .map(log -> new Reply.Listed(log.name(), log.members().size()))
                .limit(Limits.LIST_MAX)
                .toList());
    }

    /** The truth ends for who is a member no more where he ended; docs/PROTOCOL.md §12.3. */
    private @Nullable List<GroupEntry> shown(UserName asker, GroupName group) {
        var lie = instead.get(new Audience(asker, group));
        var entries = logs.get(group);
        if (lie != null || entries == null) return lie;
        var log = verified(group, entries);
        if (log.policy() == Policy.OPEN || log.member(asker).isPresent()) return entries;
        var ended = log.endedAt(asker);
        return ended.isPresent() ? entries.subList(0, (int) ended.getAsLong() + 1) : null;
    }

    private GroupLog verified(GroupName group, List<GroupEntry> entries) {
        if (GroupLog.begin(registry.get(), group, entries.getFirst()) instanceof Taking.Longer(var first)
                && first.append(entries.subList(1, entries.size())) instanceof Taking.Longer(var log)) return log;
        throw new IllegalStateException("the log of %s does not hold".formatted(group));
    }

    private ByteString hash(GroupEntry entry) {
        return entry.hash(registry.get());
    }
}
