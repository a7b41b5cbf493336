package parley.registry.group;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import parley.messages.name.GroupName;
import parley.registry.journal.DirectoryEvent;
import parley.registry.journal.Retention;
import parley.registry.journal.Snapshot;
import parley.registry.journal.SnapshotForm;

/**
 * One slice of a list of groups: classic and modern ones are listed by themselves. All slices of a world together are
 * its list, which {@link Groups} gathers.
 *
 * <pre>
 *   a group:  unlisted --Announce, on disk----> listed
 *             unlisted --Announce of nobody---> unlisted, nothing is written
 *             listed   --a newer Announce-----> listed, with the new count; hidden if that is 0
 *             listed   --an old or known one--> listed, as it was
 * </pre>
 */
public final class GroupDirectory extends EventSourcedBehavior<GroupDirectory.Command, DirectoryEvent, Slice> {
    sealed interface Command {}

    /**
     * @param members that the list is to show, 0 if it is not to show the group
     * @param revision the group's: what is older than what is known is answered, not kept
     */
    record Announce(GroupName group, int members, long revision, ActorRef<Announced> replyTo) implements Command {}

    record Announced() {}

    /** The groups of this slice in the order of names, no more than {@code bytesMax} bytes could hold. */
    record First(int bytesMax, ActorRef<Sizes> replyTo) implements Command {}

    /** The groups of this slice in the order of names, those behind {@code after}, at most {@code countMax}. */
    record Behind(Optional<GroupName> after, int countMax, ActorRef<Sizes> replyTo) implements Command {}

    record Sizes(List<Size> sizes) {}

    /** One group of the list. */
    public record Size(GroupName group, int members) {}

    static Behavior<Command> create(String slice, Retention retention) {
        return new GroupDirectory(slice, retention);
    }

    private final Retention retention;

    private GroupDirectory(String slice, Retention retention) {
        super(PersistenceId.of("directory", slice));
        this.retention = retention;
    }

    @Override
    public Slice emptyState() {
        return Slice.EMPTY;
    }

    @Override
    public CommandHandler<Command, DirectoryEvent, Slice> commandHandler() {
        return (slice, command) -> switch (command) {
            case Announce(var group, var members, var revision, var replyTo) ->
                slice.learnsNothing(group, members, revision)
                        ? Effect().reply(replyTo, new Announced())
                        : Effect()
                                .persist(new DirectoryEvent.Counted(group.text(), members, revision))
                                .thenReply(replyTo, s -> new Announced());
            case Behind(var after, var countMax, var replyTo) ->
                Effect().reply(replyTo, new Sizes(slice.behind(after, countMax)));
            case First(var bytesMax, var replyTo) -> Effect().reply(replyTo, new Sizes(slice.first(bytesMax)));
        };
    }

    @Override
    public EventHandler<Slice, DirectoryEvent> eventHandler() {
        return Slice::with;
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return retention.criteria();
    }

    @Override
    public SnapshotAdapter<Slice> snapshotAdapter() {
        return SnapshotForm.of(Snapshot.OfSlice.class, Slice::snapshot, Slice::of);
    }
}
