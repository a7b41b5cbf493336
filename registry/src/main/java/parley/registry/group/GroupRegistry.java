package parley.registry.group;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.registry.journal.GroupEvent;
import parley.registry.journal.Retention;
import parley.registry.journal.Snapshot;
import parley.registry.journal.SnapshotForm;
import parley.registry.user.UserRegistry;

/**
 * One group name: who is in it, in which order, and its key.
 *
 * <pre>
 *   free    --Create, on disk-------------> announcing
 *   settled --Join, on disk---------------> announcing
 *           --recovered, the group exists-> announcing
 *   announcing --member and list have it--> settled     and only now the answer
 *              --one does not answer------> announcing  it is told again
 *              --Create, Join-------------> announcing  they wait
 * </pre>
 *
 * An answered change stands in the list and among the user's groups, both on disk. A crash in between is healed when
 * the group recovers: changes go one by one, so only the last can be missing. Keys and members are told in every state.
 */
public final class GroupRegistry extends EventSourcedBehavior<GroupRegistry.Command, GroupEvent, Optional<Group>> {
    public sealed interface Command {}

    /** {@code owner} becomes the first member. */
    public record Create(UserName owner, ActorRef<CreateAnswer> replyTo) implements Command {}

    public record Join(UserName user, ActorRef<JoinAnswer> replyTo) implements Command {}

    public record KeyOf(UserName user, ActorRef<KeyAnswer> replyTo) implements Command {}

    public record MembersOf(ActorRef<Members> replyTo) implements Command {}

    public sealed interface CreateAnswer {}

    /** On disk, listed, and in its owner's groups. */
    public record Created() implements CreateAnswer {}

    public record GroupExists() implements CreateAnswer {}

    public sealed interface JoinAnswer {}

    /** On disk, counted in the list, and in the user's groups. */
    public record Joined() implements JoinAnswer {}

    public record NoSuchGroup() implements JoinAnswer {}

    public record AlreadyMember() implements JoinAnswer {}

    /** @param membersMax how many a group may have */
    public record Full(int membersMax) implements JoinAnswer {}

    public sealed interface KeyAnswer {}

    public record Key(TripleDesKey key) implements KeyAnswer {}

    /** Also when there is no such group. */
    public record NotAMember() implements KeyAnswer {}

    /** In the order in which they joined, the owner first; empty when there is no such group. */
    public record Members(List<UserName> members) {}

    /** What must know of a change before it is answered. */
    private enum Audience {
        /** Their own {@link UserRegistry}, who lists their groups. */
        MEMBER,
        /** The slice of {@link GroupDirectory}, which lists all groups. */
        DIRECTORY
    }

    private record Heard(Audience audience) implements Command {}

    private record Unheard(Audience audience) implements Command {}

    private record Announcement(Set<Audience> unheard, Runnable answer) {}

    /** Both write to the same disk as we do; one that takes longer is being restarted, and is asked again. */
    static final Duration ANNOUNCE_TIMEOUT = Duration.ofSeconds(3);

    static Behavior<Command> create(
            GroupName name,
            Function<UserName, RecipientRef<UserRegistry.Command>> users,
            RecipientRef<GroupDirectory.Command> slice,
            Supplier<TripleDesKey> keys,
            int membersMax,
            Retention retention) {
        return Behaviors.setup(context -> new GroupRegistry(context, name, users, slice, keys, membersMax, retention));
    }

    private final ActorContext<Command> context;
    private final GroupName name;
    private final Function<UserName, RecipientRef<UserRegistry.Command>> users;
    private final RecipientRef<GroupDirectory.Command> slice;
    private final Supplier<TripleDesKey> keys;
    private final int membersMax;
    private final Retention retention;

    private Optional<Announcement> announcing = Optional.empty();

    private GroupRegistry(
            ActorContext<Command> context,
            GroupName name,
            Function<UserName, RecipientRef<UserRegistry.Command>> users,
            RecipientRef<GroupDirectory.Command> slice,
            Supplier<TripleDesKey> keys,
            int membersMax,
            Retention retention) {
        super(PersistenceId.of("group", name.text()));
        this.context = context;
        this.name = name;
        this.users = users;
        this.slice = slice;
        this.keys = keys;
        this.membersMax = membersMax;
        this.retention = retention;
    }

    @Override
    public Optional<Group> emptyState() {
        return Optional.empty();
    }

    @Override
    public CommandHandler<Command, GroupEvent, Optional<Group>> commandHandler() {
        return (group, command) -> switch (command) {
            case Create(var owner, var replyTo) ->
                announcing.isPresent() ? Effect().stash() : createGroup(group, owner, replyTo);
            case Join(var user, var replyTo) ->
                announcing.isPresent() ? Effect().stash() : join(group, user, replyTo);
            case KeyOf(var user, var replyTo) ->
                Effect()
                        .reply(
                                replyTo,
                                group.filter(g -> g.has(user))
                                        .<KeyAnswer>map(g -> new Key(g.key()))
                                        .orElseGet(NotAMember::new));
            case MembersOf(var replyTo) ->
                Effect().reply(replyTo, new Members(group.map(Group::members).orElse(List.of())));
            case Heard(var audience) -> heard(audience);
            case Unheard(var audience) -> {
                tell(audience, group.orElseThrow());
                yield Effect().none();
            }
        };
    }

    private Effect<GroupEvent, Optional<Group>> createGroup(
            Optional<Group> group, UserName owner, ActorRef<CreateAnswer> replyTo) {
        if (group.isPresent()) return Effect().reply(replyTo, new GroupExists());
        return Effect()
                .persist(new GroupEvent.Created(
                        Group.CLASSIC, owner.text(), keys.get().hex()))
                .thenRun(now -> announce(now.orElseThrow(), () -> replyTo.tell(new Created())));
    }

    private Effect<GroupEvent, Optional<Group>> join(
            Optional<Group> group, UserName user, ActorRef<JoinAnswer> replyTo) {
        if (group.isEmpty()) return Effect().reply(replyTo, new NoSuchGroup());
        if (group.get().has(user)) return Effect().reply(replyTo, new AlreadyMember());
        if (group.get().members().size() >= membersMax) return Effect().reply(replyTo, new Full(membersMax));
        return Effect()
                .persist(new GroupEvent.Joined(user.text()))
                .thenRun(now -> announce(now.orElseThrow(), () -> replyTo.tell(new Joined())));
    }

    private void announce(Group group, Runnable answer) {
        announcing = Optional.of(new Announcement(EnumSet.allOf(Audience.class), answer));
        for (var audience : Audience.values()) tell(audience, group);
    }

    private void tell(Audience audience, Group group) {
        switch (audience) {
            case MEMBER ->
                context.ask(
                        UserRegistry.Enrolled.class,
                        users.apply(group.newest()),
                        ANNOUNCE_TIMEOUT,
                        replyTo -> new UserRegistry.Enrol(name, replyTo),
                        (done, failure) -> done == null ? new Unheard(audience) : new Heard(audience));
            case DIRECTORY ->
                context.ask(
                        GroupDirectory.Announced.class,
                        slice,
                        ANNOUNCE_TIMEOUT,
                        replyTo -> new GroupDirectory.Announce(
                                name, group.members().size(), group.revision(), replyTo),
                        (done, failure) -> done == null ? new Unheard(audience) : new Heard(audience));
        }
    }

    private Effect<GroupEvent, Optional<Group>> heard(Audience audience) {
        var announcement = announcing.orElseThrow();
        announcement.unheard().remove(audience);
        if (!announcement.unheard().isEmpty()) return Effect().none();
        announcing = Optional.empty();
        announcement.answer().run();
        return Effect().unstashAll();
    }

    @Override
    public SignalHandler<Optional<Group>> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.class, (group, signal) -> group.ifPresent(g -> announce(g, () -> {})))
                .build();
    }

    @Override
    public EventHandler<Optional<Group>, GroupEvent> eventHandler() {
        return Group::with;
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return retention.criteria();
    }

    @Override
    public SnapshotAdapter<Optional<Group>> snapshotAdapter() {
        return SnapshotForm.of(
                Snapshot.OfGroup.class, group -> group.orElseThrow().snapshot(), from -> Optional.of(Group.of(from)));
    }
}
