package parley.registry.group;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import parley.messages.identity.RegistryId;
import parley.messages.name.GroupName;
import parley.registry.journal.Retention;
import parley.registry.user.Users;

/** Where the groups are: a reference for every name, whether or not the group exists, and the lists of those that do. */
public final class Groups {
    /** Part of every persistence id: changing it loses what was written under the old one. */
    static final int SLICES = 16;

    /** What the slices of modern groups are called, before their number. */
    private static final String MODERN = "modern-";

    static final EntityTypeKey<GroupRegistry.Command> GROUP =
            EntityTypeKey.create(GroupRegistry.Command.class, "group");
    static final EntityTypeKey<GroupDirectory.Command> SLICE =
            EntityTypeKey.create(GroupDirectory.Command.class, "directory");

    private final ClusterSharding sharding;

    private Groups(ClusterSharding sharding) {
        this.sharding = sharding;
    }

    /** To be called once for each actor system, which may join its cluster before or after. */
    public static Groups init(ActorSystem<?> system, RegistryId registry, Users users) {
        var sharding = ClusterSharding.get(system);
        var config = system.settings().config();
        var retention = Retention.of(config);
        int membersMax = config.getInt("parley.registry.groups.members-max");
        var random = new SecureRandom();

        sharding.init(Entity.of(SLICE, context -> GroupDirectory.create(context.getEntityId(), retention))
                .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy()));
        sharding.init(Entity.of(GROUP, context -> {
            var name = new GroupName(context.getEntityId());
            return GroupRegistry.create(
                    name,
                    registry,
                    users::of,
                    new GroupRegistry.Lists(
                            sharding.entityRefFor(SLICE, slice(name)),
                            sharding.entityRefFor(SLICE, MODERN + slice(name))),
                    () -> TripleDesKey.draw(random::nextBytes),
                    membersMax,
                    retention);
        }));
        return new Groups(sharding);
    }

    /** Which slice lists {@code name}; for ever, as {@code String.hashCode} is specified. */
    static String slice(GroupName name) {
        return Integer.toString(Math.floorMod(name.text().hashCode(), SLICES));
    }

    public EntityRef<GroupRegistry.Command> of(GroupName name) {
        return sharding.entityRefFor(GROUP, name.text());
    }

    /**
     * The classic groups in the order of names; if not all of them, then at least the first ones whose {@code
     * name:members,} fill {@code bytesMax} bytes. Fails if a slice does not answer within {@code timeout}.
     */
    public CompletionStage<List<GroupDirectory.Size>> list(int bytesMax, Duration timeout) {
        return gathered("", replyTo -> new GroupDirectory.First(bytesMax, replyTo), timeout)
                .thenApply(Stream::toList);
    }

    /**
     * The modern groups that are open and have members, in the order of names: those behind {@code after}, or the first
     * ones, at most {@code countMax}. Fails if a slice does not answer within {@code timeout}.
     */
    public CompletionStage<List<GroupDirectory.Size>> listModern(
            Optional<GroupName> after, int countMax, Duration timeout) {
        return gathered(MODERN, replyTo -> new GroupDirectory.Behind(after, countMax, replyTo), timeout)
                .thenApply(sizes -> sizes.limit(countMax).toList());
    }

    /** What all slices of a world answer, in the order of names. */
    private CompletionStage<Stream<GroupDirectory.Size>> gathered(
            String world, Function<ActorRef<GroupDirectory.Sizes>, GroupDirectory.Command> question, Duration timeout) {
        return IntStream.range(0, SLICES)
                .mapToObj(slice -> sharding.entityRefFor(SLICE, world + slice)
                        .<GroupDirectory.Sizes>ask(question::apply, timeout)
                        .<Stream<GroupDirectory.Size>>thenApply(sizes -> sizes.sizes().stream()))
                .reduce(CompletableFuture.completedStage(Stream.empty()), Groups::both)
                .thenApply(sizes -> sizes.sorted((a, b) -> a.group().compareTo(b.group())));
    }

    private static CompletionStage<Stream<GroupDirectory.Size>> both(
            CompletionStage<Stream<GroupDirectory.Size>> one, CompletionStage<Stream<GroupDirectory.Size>> other) {
        return one.thenCombine(other, Stream::concat);
    }
}
