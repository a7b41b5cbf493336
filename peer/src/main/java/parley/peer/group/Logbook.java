package parley.peer.group;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parley.messages.directory.Code;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.group.GroupEntry;
import parley.messages.group.GroupLog;
import parley.messages.group.Taking;
import parley.messages.identity.RegistryId;
import parley.messages.name.GroupName;

/** Fetches logs, as many rows as it takes, and verifies them. Its stages never fail. */
final class Logbook {
    sealed interface Found {}

    /** All that the registry shows. */
    record Whole(GroupLog log) implements Found {}

    /** It says that there is no such group, which it also says of groups that are none of our business. */
    record NotThere() implements Found {}

    /** What it hands out is no log, or none that goes on from the known one. */
    record Wrong() implements Found {}

    record Away(String why) implements Found {}

    private final GroupDesk desk;
    private final RegistryId registry;

    Logbook(GroupDesk desk, RegistryId registry) {
        this.desk = desk;
        this.registry = registry;
    }

    CompletionStage<Found> whole(GroupName name) {
        return rest(name, Optional.empty());
    }

    /** From the last known entry on: it has to be the same there. */
    CompletionStage<Found> onFrom(GroupLog log) {
        return rest(log.name(), Optional.of(log));
    }

    private CompletionStage<Found> rest(GroupName name, Optional<GroupLog> known) {
        int from = known.map(log -> log.size() - 1).orElse(0);
        return desk.ask(new Request.LogOf(name, from)).thenCompose(outcome -> switch (outcome) {
            case GroupDesk.Answered(Reply.Log(var entries, var row)) -> {
                var longer = goesOn(name, known, row);
                if (longer.isEmpty()) yield done(new Wrong());
                var log = longer.get();
                boolean more = log.size() < entries && log.size() <= GroupLog.ENTRIES_MAX + GroupLog.MEMBERS_MAX;
                // A row that brings nothing new would bring nothing new for ever.
                if (more && known.filter(before -> before.size() == log.size()).isPresent()) yield done(new Wrong());
                yield more ? rest(name, longer) : done(new Whole(log));
            }
            case GroupDesk.Answered other -> done(new Wrong());
            case GroupDesk.Refused(var code, var why) -> done(code == Code.UNKNOWN ? new NotThere() : new Away(why));
            case GroupDesk.Unreachable(var why) -> done(new Away(why));
        });
    }

    private Optional<GroupLog> goesOn(GroupName name, Optional<GroupLog> known, List<GroupEntry> row) {
        if (row.isEmpty()) return Optional.empty();
        var first = row.getFirst();
        Taking taken;
        if (known.isEmpty()) {
            taken = GroupLog.begin(registry, name, first);
            if (taken instanceof Taking.Longer(var begun)) taken = begun.append(row.subList(1, row.size()));
        } else {
            var log = known.get();
            if (!first.hash(registry).equals(log.head())) return Optional.empty();
            taken = log.append(row.subList(1, row.size()));
        }
        return taken instanceof Taking.Longer(var longer) ? Optional.of(longer) : Optional.empty();
    }

    private static CompletionStage<Found> done(Found found) {
        return CompletableFuture.completedStage(found);
    }
}
