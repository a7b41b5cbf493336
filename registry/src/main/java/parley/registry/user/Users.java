package parley.registry.user;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;
import parley.registry.journal.Retention;
import parley.registry.journal.Shelf;

/** Where the users are: a reference for every name, whether or not an account exists. */
public final class Users {
    // The names are part of where entities live: all nodes must agree on them.
    private static final EntityTypeKey<UserRegistry.Command> USER =
            EntityTypeKey.create(UserRegistry.Command.class, "user");
    private static final EntityTypeKey<SignInThrottle.Command> THROTTLE =
            EntityTypeKey.create(SignInThrottle.Command.class, "throttle");

    private final ActorSystem<?> system;
    private final ClusterSharding sharding;

    private Users(ActorSystem<?> system, ClusterSharding sharding) {
        this.system = system;
        this.sharding = sharding;
    }

    /**
     * To be called once for each actor system, which may join its cluster before or after.
     *
     * @param envelopes how many wait for a name
     */
    public static Users init(
            ActorSystem<?> system,
            RegistryId registry,
            Shelf shelf,
            Function<UserName, CompletionStage<Integer>> envelopes) {
        return init(system, registry, shelf, envelopes, Clock.systemUTC());
    }

    static Users init(
            ActorSystem<?> system,
            RegistryId registry,
            Shelf shelf,
            Function<UserName, CompletionStage<Integer>> envelopes,
            Clock clock) {
        var sharding = ClusterSharding.get(system);
        var config = system.settings().config();
        var retention = Retention.of(config);
        var idle = config.getDuration("parley.registry.users.idle");
        var rules = SignInRules.of(config);
        var hasher = PasswordHasher.create(config);
        system.getWhenTerminated().thenRun(hasher::close);
        var doorkeeper = new Doorkeeper(source -> sharding.entityRefFor(THROTTLE, source), hasher, system.scheduler());

        var around = new Surroundings(
                registry,
                SignUpPolicy.of(config),
                new Invitations(shelf, clock),
                new PairStock(shelf, clock),
                envelopes,
                name -> isStopping(system) ? system.ignoreRef() : sharding.entityRefFor(USER, name.text()));

        sharding.init(
                Entity.of(THROTTLE, context -> SignInThrottle.create(context.getEntityId(), rules, retention, clock)));
        sharding.init(Entity.of(
                        USER,
                        context -> UserRegistry.create(
                                new UserName(context.getEntityId()),
                                doorkeeper,
                                hasher,
                                around,
                                retention,
                                idle,
                                context.getShard()))
                .withStopMessage(new UserRegistry.Stop())
                // Sharding would put users away who are online and asked nothing for a while; see UserRegistry.Idle.
                .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy()));
        return new Users(system, sharding);
    }

    /** A region that is being stopped waits ten seconds for whoever is sent a message then. */
    private static boolean isStopping(ActorSystem<?> system) {
        return CoordinatedShutdown.get(system).getShutdownReason().isPresent();
    }

    public EntityRef<UserRegistry.Command> of(UserName name) {
        return sharding.entityRefFor(USER, name.text());
    }

    /** Whether anything can be left for {@code name}; fails if its entity does not answer within {@code timeout}. */
    public CompletionStage<ModernUser.Standing> standing(UserName name, Duration timeout) {
        if (isStopping(system)) return CompletableFuture.failedStage(new IllegalStateException("the registry stops"));
        return of(name).ask(ModernUser.StandingOf::new, timeout);
    }

    /** Whether whoever shows this key could sign in as {@code name}; fails as {@link #standing} does. */
    public CompletionStage<ModernUser.Recognition> recognise(UserName name, IdentityKey shown, Duration timeout) {
        if (isStopping(system)) return CompletableFuture.failedStage(new IllegalStateException("the registry stops"));
        return of(name).ask(replyTo -> new ModernUser.Recognise(shown, replyTo), timeout);
    }
}
