package parley.registry.group;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
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
import parley.messages.identity.RegistryId;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.registry.journal.GroupEvent;
import parley.registry.journal.Retention;
import parley.registry.journal.Snapshot;
import parley.registry.journal.SnapshotForm;
import parley.registry.user.UserRegistry;

/**
 * One group name: of a classic group who is in it, in which order, and its key; of a modern one its log.
 *
 * <pre>
 *   free    --Create, on disk----------------------------> announcing: a classic group
 *   classic --Join, on disk------------------------------> announcing
 *   free    --ModernGroup.Create, on disk----------------> announcing, if it is listed: a modern group
 *   modern  --ModernGroup.Append, on disk----------------> announcing, if what the list shows of it has changed
 *           --recovered, the group exists----------------> announcing
 *   announcing --list (and a classic group's member) have it--> settled     and only now the answer
 *              --one does not answer--------------------------> announcing  it is told again
 *              --what would change the group------------------> announcing  it waits
 * </pre>
 *
 * An answered change stands in the list and among a classic user's groups, all on disk. A crash in between is healed
 * when the group recovers: changes go one by one, so only the last can be missing. Keys, members and logs are told in
 * every state. To whoever asks in the classic way a modern group is none of theirs, and the other way round there is
 * none; its name is taken in both.
 */
public final class GroupRegistry extends EventSourcedBehavior<GroupRegistry.Command, GroupEvent, Optional<Group>> {
    public sealed interface Command permits Create, Join, KeyOf, MembersOf, Heard, Unheard, ModernGroup.Command {}

    /** {@code owner} becomes the first member. */
    public record Create(UserName owner, ActorRef<CreateAnswer> replyTo) implements Command {}

    public record Join(UserName user, ActorRef<JoinAnswer> replyTo) implements Command {}

    public record KeyOf(UserName user, ActorRef<KeyAnswer> replyTo) implements Command {}

    public record MembersOf(ActorRef<MembersAnswer> replyTo) implements Command {}

    public sealed interface CreateAnswer {}

    /** On disk, listed, and in its owner's groups. */
    public record Created() implements CreateAnswer {}

    /** Of whichever world. */
    public record GroupExists() implements CreateAnswer {}

    public sealed interface JoinAnswer {}

    /** On disk, counted in the list, and in the user's groups. */
    public record Joined() implements JoinAnswer {}

    public record NoSuchGroup() implements JoinAnswer {}

    public record AlreadyMember() implements JoinAnswer {}

    /** @param membersMax how many a group may have */
    public record Full(int membersMax) implements JoinAnswer {}

    /** The journal did not take it, as on a full disk; worth trying again. */
    public record Busy() implements CreateAnswer, JoinAnswer {}

    public sealed interface KeyAnswer {}

    public record Key(TripleDesKey key) implements KeyAnswer {}

    /** Also when there is no such group. */
    public record NotAMember() implements KeyAnswer {}

    public sealed interface MembersAnswer {}

    /** In the order in which they joined, the owner first; empty when there is no such group. */
    public record Members(List<UserName> members) implements MembersAnswer {}

    /** Nothing can be done about it in the classic way. */
    public record IsModern() implements JoinAnswer, KeyAnswer, MembersAnswer {}

    /** Where groups are listed, of either world. */
    record Lists(RecipientRef<GroupDirectory.Command> classic, RecipientRef<GroupDirectory.Command> modern) {
        private RecipientRef<GroupDirectory.Command> of(Group group) {
            return switch (group) {
                case Group.Classic c -> classic;
                case Group.Modern m -> modern;
            };
        }
    }

    /** What must know of a change before it is answered. */
    private enum Audience {
        /** The newest one's own {@link UserRegistry}, who lists their groups. Modern members know them themselves. */
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
            RegistryId registry,
            Function<UserName, RecipientRef<UserRegistry.Command>> users,
            Lists lists,
            Supplier<TripleDesKey> keys,
            int membersMax,
            Retention retention) {
        return Behaviors.setup(
                context -> new GroupRegistry(context, name, registry, users, lists, keys, membersMax, retention));
    }

    private final ActorContext<Command> context;
    private final GroupName name;
    private final RegistryId registry;
    private final Logbook logbook;
    private final Function<UserName, RecipientRef<UserRegistry.Command>> users;
    private final Lists lists;
    private final Supplier<TripleDesKey> keys;
    private final int membersMax;
    private final Retention retention;

    private Optional<Announcement> announcing = Optional.empty();

    /** Answers whoever waits for what the journal has not taken. */
    private Runnable lost = () -> {};

    private GroupRegistry(
            ActorContext<Command> context,
            GroupName name,
            RegistryId registry,
            Function<UserName, RecipientRef<UserRegistry.Command>> users,
            Lists lists,
            Supplier<TripleDesKey> keys,
            int membersMax,
            Retention retention) {
        super(PersistenceId.of("group", name.text()));
        this.context = context;
        this.name = name;
        this.registry = registry;
        this.logbook = new Logbook(registry, name);
        this.users = users;
        this.lists = lists;
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
            case KeyOf(var user, var replyTo) -> Effect().reply(replyTo, key(group, user));
            case MembersOf(var replyTo) -> Effect().reply(replyTo, members(group));
            case ModernGroup.Create create ->
                announcing.isPresent()
                        ? Effect().stash()
                        : carryOut(group, logbook.create(group, create), create.replyTo(), new ModernGroup.Busy());
            case ModernGroup.Append append ->
                announcing.isPresent()
                        ? Effect().stash()
                        : carryOut(group, logbook.append(group, append), append.replyTo(), new ModernGroup.Busy());
            case ModernGroup.LogOf question -> Effect().reply(question.replyTo(), logbook.log(group, question));
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
        return persisted(
                new GroupEvent.Created(
                        Group.Classic.KIND, owner.text(), keys.get().hex()),
                now -> announce(now, () -> replyTo.tell(new Created())),
                () -> replyTo.tell(new Busy()));
    }

    private Effect<GroupEvent, Optional<Group>> join(
            Optional<Group> group, UserName user, ActorRef<JoinAnswer> replyTo) {
        if (group.isEmpty()) return Effect().reply(replyTo, new NoSuchGroup());
        return switch (group.get()) {
            case Group.Modern modern -> Effect().reply(replyTo, new IsModern());
            case Group.Classic classic -> {
                if (classic.has(user)) yield Effect().reply(replyTo, new AlreadyMember());
                if (classic.members().size() >= membersMax) yield Effect().reply(replyTo, new Full(membersMax));
                yield persisted(
                        new GroupEvent.Joined(user.text()),
                        now -> announce(now, () -> replyTo.tell(new Joined())),
                        () -> replyTo.tell(new Busy()));
            }
        };
    }

    private static KeyAnswer key(Optional<Group> group, UserName user) {
        if (group.isEmpty()) return new NotAMember();
        return switch (group.get()) {
            case Group.Modern modern -> new IsModern();
            case Group.Classic classic -> classic.has(user) ? new Key(classic.key()) : new NotAMember();
        };
    }

    private static MembersAnswer members(Optional<Group> group) {
        if (group.isEmpty()) return new Members(List.of());
        return switch (group.get()) {
            case Group.Modern modern -> new IsModern();
            case Group.Classic classic -> new Members(classic.members());
        };
    }

    /** What does not alter what the list shows, as in a group that is not open, costs one write and not two. */
    private <A> Effect<GroupEvent, Optional<Group>> carryOut(
            Optional<Group> before, Logbook.Decision<A> decision, ActorRef<A> replyTo, A busy) {
        if (decision.event().isEmpty()) return Effect().reply(replyTo, decision.answer());
        return persisted(
                decision.event().get(),
                now -> {
                    Runnable answer = () -> replyTo.tell(decision.answer());
                    if (Group.listed(Optional.of(now)) == Group.listed(before)) answer.run();
                    else announce(now, answer);
                },
                () -> replyTo.tell(busy));
    }

    /** @param otherwise if the journal does not take it, which is the end of this actor */
    private Effect<GroupEvent, Optional<Group>> persisted(GroupEvent event, Consumer<Group> then, Runnable otherwise) {
        lost = otherwise;
        return Effect().persist(event).thenRun(now -> {
            lost = () -> {};
            then.accept(now.orElseThrow());
        });
    }

    private void announce(Group group, Runnable answer) {
        var unheard = group instanceof Group.Classic ? EnumSet.allOf(Audience.class) : EnumSet.of(Audience.DIRECTORY);
        announcing = Optional.of(new Announcement(unheard, answer));
        for (var audience : List.copyOf(unheard)) tell(audience, group);
    }

    private void tell(Audience audience, Group group) {
        switch (audience) {
            case MEMBER ->
                context.ask(
                        UserRegistry.Enrolled.class,
                        users.apply(
                                Group.classic(Optional.of(group)).orElseThrow().newest()),
                        ANNOUNCE_TIMEOUT,
                        replyTo -> new UserRegistry.Enrol(name, replyTo),
                        (done, failure) -> done == null ? new Unheard(audience) : new Heard(audience));
            case DIRECTORY ->
                context.ask(
                        GroupDirectory.Announced.class,
                        lists.of(group),
                        ANNOUNCE_TIMEOUT,
                        replyTo -> new GroupDirectory.Announce(name, group.listed(), group.revision(), replyTo),
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
                .onSignal(PostStop.class, (group, signal) -> lost.run())
                .build();
    }

    @Override
    public EventHandler<Optional<Group>, GroupEvent> eventHandler() {
        return (group, event) -> Group.with(registry, name, group, event);
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return retention.criteria();
    }

    @Override
    public SnapshotAdapter<Optional<Group>> snapshotAdapter() {
        return SnapshotForm.of(
                Snapshot.class,
                group -> group.orElseThrow().snapshot(),
                from -> Optional.of(Group.of(registry, name, from)));
    }
}
