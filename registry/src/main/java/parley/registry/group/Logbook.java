package parley.registry.group;

import java.util.Optional;
import java.util.OptionalLong;
import parley.messages.group.EntryRow;
import parley.messages.group.GroupEntry;
import parley.messages.group.GroupLog;
import parley.messages.group.Policy;
import parley.messages.group.Taking;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.RegistryId;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.registry.journal.GroupEvent;

/**
 * What the {@link GroupRegistry} of one name decides about a modern group; docs/PROTOCOL.md §12.3. Every entry is
 * verified here, before it is written.
 *
 * <pre>
 *   free   --Create, in order---------------------------------&gt; modern, of one entry
 *   modern --Append, by the asker himself, the next in order--&gt; modern, longer
 * </pre>
 */
final class Logbook {
    /** What is to be written, if anything, and what to answer then. */
    record Decision<A>(Optional<GroupEvent> event, A answer) {}

    private final RegistryId registry;
    private final GroupName name;

    Logbook(RegistryId registry, GroupName name) {
        this.registry = registry;
        this.name = name;
    }

    Decision<ModernGroup.CreateAnswer> create(Optional<Group> group, ModernGroup.Create attempt) {
        if (group.isPresent()) return answer(new ModernGroup.Taken());
        if (!isOf(attempt.asker(), attempt.identity(), attempt.first()))
            return answer(new ModernGroup.Refused(Taking.Why.WRONG_SIGNATURE));
        return switch (GroupLog.begin(registry, name, attempt.first())) {
            case Taking.Refused(var why) -> answer(new ModernGroup.Refused(why));
            case Taking.Longer longer ->
                new Decision<>(Optional.of(Group.begun(attempt.first())), new ModernGroup.Created());
        };
    }

    /** Who may not see the group is not told that it is there by what is said of an entry. */
    Decision<ModernGroup.AppendAnswer> append(Optional<Group> group, ModernGroup.Append attempt) {
        var log = Group.log(group);
        if (log.flatMap(known -> shown(known, attempt.asker())).isEmpty()) return answer(new ModernGroup.Unknown());
        if (!isOf(attempt.asker(), attempt.identity(), attempt.next()))
            return answer(new ModernGroup.Refused(Taking.Why.WRONG_SIGNATURE));
        return switch (log.get().append(attempt.next())) {
            case Taking.Refused(var why) ->
                answer(
                        why == Taking.Why.WRONG_SEQUENCE || why == Taking.Why.WRONG_PREVIOUS
                                ? new ModernGroup.HeadMoved()
                                : new ModernGroup.Refused(why));
            case Taking.Longer(var longer) ->
                new Decision<>(Optional.of(Group.appended(attempt.next())), new ModernGroup.Appended(longer.size()));
        };
    }

    ModernGroup.LogAnswer log(Optional<Group> group, ModernGroup.LogOf question) {
        var log = Group.log(group);
        var shown = log.flatMap(known -> shown(known, question.asker()));
        if (shown.isEmpty()) return new ModernGroup.Unknown();
        int entries = shown.get();
        int from = Math.clamp(question.from(), 0, entries);
        return new ModernGroup.Log(
                entries, EntryRow.fitting(log.get().entries().subList(from, entries), question.bytesMax()));
    }

    /**
     * How many entries {@code asker} may see; nothing if the group is none of his business. By name, whatever the key
     * that is held for it: an account is one's for ever, and whose identity is another now must see that he is held
     * under the old one.
     */
    private static Optional<Integer> shown(GroupLog log, UserName asker) {
        if (log.policy() == Policy.OPEN || log.member(asker).isPresent()) return Optional.of(log.size());
        OptionalLong ended = log.endedAt(asker);
        return ended.isPresent() ? Optional.of((int) ended.getAsLong() + 1) : Optional.empty();
    }

    private static boolean isOf(UserName asker, IdentityKey identity, GroupEntry entry) {
        return entry.draft().author().equals(asker) && entry.draft().key().equals(identity);
    }

    private static <A> Decision<A> answer(A answer) {
        return new Decision<>(Optional.empty(), answer);
    }
}
