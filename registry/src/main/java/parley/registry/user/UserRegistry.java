package parley.registry.user;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
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
import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.UserName;
import parley.registry.journal.Retention;
import parley.registry.journal.Snapshot;
import parley.registry.journal.SnapshotForm;
import parley.registry.journal.UserEvent;

/**
 * One user name: its account and groups on disk, who is online under it in memory.
 *
 * <pre>
 *   the account:   free --SignUp--> hashing --Hashed, on disk--> classic
 *                                   hashing --the queue is full, taken meanwhile--> as it was
 *                  free --ModernUser.SignUp--> see {@code Registrar}
 *
 *   the presence:  see {@code Attendance} of a classic account, {@code Visibility} of a modern one
 *
 *   the actor:     nobody online, nobody watching --Idle--> passivated
 * </pre>
 *
 * Nothing is answered before it is on disk. To whoever asks in the classic way a modern account is none, and the other
 * way round; only its name is taken in both.
 */
public final class UserRegistry extends EventSourcedBehavior<UserRegistry.Command, UserEvent, User> {
    public sealed interface Command
            permits SignUp,
                    SignIn,
                    SignOut,
                    WhereIs,
                    Enrol,
                    GroupsOf,
                    Hashed,
                    Decided,
                    Closed,
                    Idle,
                    Stop,
                    ModernUser.Command {}

    /** Makes a classic account; does not sign in. */
    public record SignUp(Password password, ActorRef<SignUpAnswer> replyTo) implements Command {}

    /**
     * Makes the user online at {@code address} for as long as {@code connection} lives; whoever was online before is
     * told.
     *
     * @param source the IP address that the attempt came from, as text without a port
     */
    public record SignIn(
            Password password,
            Address address,
            String source,
            ActorRef<ConnectionNotice> connection,
            ActorRef<SignInAnswer> replyTo)
            implements Command {}

    /**
     * The connection is this user no longer and does not wait to be: it signed in as another, or a sign-in took too
     * long.
     */
    public record SignOut(ActorRef<ConnectionNotice> connection) implements Command {}

    public record WhereIs(ActorRef<WhereIsAnswer> replyTo) implements Command {}

    /** From {@code GroupRegistry}, before it answers a join. Idempotent. */
    public record Enrol(GroupName group, ActorRef<Enrolled> replyTo) implements Command {}

    public record GroupsOf(ActorRef<Groups> replyTo) implements Command {}

    public sealed interface SignUpAnswer {}

    public record SignedUp() implements SignUpAnswer {}

    public record NameTaken() implements SignUpAnswer {}

    public sealed interface SignInAnswer {}

    public record SignedIn() implements SignInAnswer {}

    /** One answer for both, after the same work. */
    public record WrongNameOrPassword() implements SignInAnswer {}

    /** Nothing was compared; {@code pause} is whole seconds, at least one. */
    public record TooManyAttempts(Duration pause) implements SignInAnswer {}

    /** More passwords are waiting to be hashed than the registry keeps, or it could not look; worth trying again. */
    public record Busy() implements SignUpAnswer, SignInAnswer {}

    public sealed interface WhereIsAnswer {}

    public record At(Address address) implements WhereIsAnswer {}

    public record Offline() implements WhereIsAnswer {}

    public record NoSuchUser() implements WhereIsAnswer {}

    public record Enrolled() {}

    /** In the order of their names; may be empty. */
    public record Groups(List<GroupName> groups) {}

    private record Hashed(PasswordHasher.Hashing hashing) implements Command {}

    private record Decided(SignIn attempt, SignInAnswer answer) implements Command {}

    /** The connection ended. */
    record Closed(ActorRef<ConnectionNotice> connection) implements Command {}

    private record Idle() implements Command {}

    /** From sharding. */
    record Stop() implements Command {}

    /** A name without an account is soon forgotten: whoever asks for a million of them must not fill the memory. */
    private static final Duration UNKNOWN_IDLE = Duration.ofSeconds(1);

    /** Sign-ups of one name that wait for the outcome of the first. Each is only a reference. */
    private static final int SIGNING_UP_MAX = 4_096;

    static Behavior<Command> create(
            UserName name,
            Doorkeeper doorkeeper,
            PasswordHasher hasher,
            Surroundings around,
            Retention retention,
            Duration idle,
            ActorRef<ClusterSharding.ShardCommand> shard) {
        return Behaviors.setup(
                context -> new UserRegistry(context, name, doorkeeper, hasher, around, retention, idle, shard));
    }

    private final ActorContext<Command> context;
    private final UserName name;
    private final RegistryId registry;
    private final Doorkeeper doorkeeper;
    private final PasswordHasher hasher;
    private final Retention retention;
    private final Duration idle;
    private final ActorRef<ClusterSharding.ShardCommand> shard;

    // What ends with this actor, and therefore stands beside the state that is kept.
    private final Attendance attendance;
    private final Visibility visibility;
    private final Registrar registrar;
    private final List<ActorRef<SignUpAnswer>> signingUp = new ArrayList<>();
    /** What to do if what is being written never is. */
    private Runnable lost = () -> {};

    private UserRegistry(
            ActorContext<Command> context,
            UserName name,
            Doorkeeper doorkeeper,
            PasswordHasher hasher,
            Surroundings around,
            Retention retention,
            Duration idle,
            ActorRef<ClusterSharding.ShardCommand> shard) {
        super(PersistenceId.of("user", name.text()));
        this.context = context;
        this.name = name;
        this.doorkeeper = doorkeeper;
        this.hasher = hasher;
        this.retention = retention;
        this.idle = idle;
        this.shard = shard;
        this.attendance = new Attendance(context, name);
        this.visibility = new Visibility(context, name, around.others());
        this.registrar = new Registrar(context, name, around, visibility);
        this.registry = around.registry();
    }

    @Override
    public User emptyState() {
        return User.nobody(name, registry);
    }

    @Override
    public CommandHandler<Command, UserEvent, User> commandHandler() {
        return (user, command) -> switch (command) {
            case SignUp(var password, var replyTo) -> signUp(user, password, replyTo);
            case Hashed(var hashing) -> hashed(user, hashing);
            case SignIn attempt -> {
                attendance.begins(attempt);
                context.pipeToSelf(
                        doorkeeper.admit(name, attempt, user.passwordHash()),
                        (answer, failure) -> new Decided(attempt, answer == null ? new Busy() : answer));
                yield Effect().none();
            }
            case Decided(var attempt, var answer) -> decided(attempt, answer);
            case SignOut(var connection) -> left(connection);
            case Closed(var connection) -> left(connection);
            case WhereIs(var replyTo) -> Effect().reply(replyTo, whereabouts(user));
            case Enrol(var group, var replyTo) ->
                user.groups().contains(group)
                        ? Effect().reply(replyTo, new Enrolled())
                        : Effect()
                                .persist(new UserEvent.Enrolled(group.text()))
                                .thenReply(replyTo, u -> new Enrolled());
            case GroupsOf(var replyTo) -> Effect().reply(replyTo, new Groups(user.groupsInOrder()));
            case ModernUser.Command modern -> carryOut(registrar.decide(user, modern));
            case Idle i -> idle();
            case Stop s -> Effect().stop();
        };
    }

    /** The first to come is hashed; the others share its fate without costing a hash each. */
    private Effect<UserEvent, User> signUp(User user, Password password, ActorRef<SignUpAnswer> replyTo) {
        if (user.account().isPresent()) return Effect().reply(replyTo, new NameTaken());
        if (signingUp.size() == SIGNING_UP_MAX) return Effect().reply(replyTo, new Busy());
        signingUp.add(replyTo);
        if (signingUp.size() == 1) {
            context.pipeToSelf(
                    hasher.hash(password),
                    (hashing, failure) -> new Hashed(hashing == null ? new PasswordHasher.QueueFull() : hashing));
        }
        return Effect().none();
    }

    private Effect<UserEvent, User> hashed(User user, PasswordHasher.Hashing hashing) {
        if (user.account().isPresent()) return Effect().none().thenRun(() -> answerSignUps(new NameTaken()));
        return switch (hashing) {
            case PasswordHasher.Hashed(var phc) ->
                Effect().persist(new UserEvent.SignedUp(Account.CLASSIC, phc)).thenRun(() -> {
                    settleDown();
                    signingUp.removeFirst().tell(new SignedUp());
                    answerSignUps(new NameTaken());
                });
            case PasswordHasher.QueueFull full -> Effect().none().thenRun(() -> answerSignUps(new Busy()));
        };
    }

    private void answerSignUps(SignUpAnswer answer) {
        signingUp.forEach(replyTo -> replyTo.tell(answer));
        signingUp.clear();
    }

    /** Who has left in the meantime is not online, however right the password was. */
    private Effect<UserEvent, User> decided(SignIn attempt, SignInAnswer answer) {
        if (!attendance.decided(attempt, answer instanceof SignedIn))
            return Effect().reply(attempt.replyTo(), new Busy());
        if (answer instanceof SignedIn) context.cancelReceiveTimeout();
        return Effect().reply(attempt.replyTo(), answer);
    }

    private Effect<UserEvent, User> left(ActorRef<ConnectionNotice> connection) {
        boolean wasClassic = attendance.left(connection);
        boolean wasModern = visibility.left(connection);
        if (wasClassic || wasModern) settleDown();
        return Effect().none();
    }

    private WhereIsAnswer whereabouts(User user) {
        if (user.passwordHash().isEmpty()) return new NoSuchUser();
        return attendance.online().<WhereIsAnswer>map(At::new).orElseGet(Offline::new);
    }

    private Effect<UserEvent, User> carryOut(Registrar.Decision decision) {
        if (decision.event().isEmpty()) return Effect().none().thenRun(decision.then()::run);
        lost = decision.otherwise();
        return Effect().persist(decision.event().get()).thenRun(() -> {
            lost = () -> {};
            decision.then().run();
            settleDown();
        });
    }

    /** The clock of an account that nobody is online under begins to run. */
    private void settleDown() {
        if (attendance.online().isEmpty() && !visibility.isOnline()) context.setReceiveTimeout(idle, new Idle());
    }

    private Effect<UserEvent, User> idle() {
        if (attendance.isNobody() && visibility.isNobody() && signingUp.isEmpty() && !registrar.isBusy()) {
            shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
        }
        return Effect().none();
    }

    @Override
    public SignalHandler<User> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(
                        RecoveryCompleted.class,
                        (user, signal) ->
                                context.setReceiveTimeout(user.account().isPresent() ? idle : UNKNOWN_IDLE, new Idle()))
                .onSignal(PostStop.class, (user, signal) -> {
                    // Also when the journal could not be written, as on a full disk: nobody waits for what won't come.
                    lost.run();
                    answerSignUps(new Busy());
                    attendance.forgets();
                    visibility.ends();
                    visibility.forgetsWatchers();
                })
                .build();
    }

    @Override
    public EventHandler<User, UserEvent> eventHandler() {
        return User::with;
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return retention.criteria();
    }

    @Override
    public SnapshotAdapter<User> snapshotAdapter() {
        return SnapshotForm.of(Snapshot.class, User::snapshot, emptyState()::of);
    }
}
