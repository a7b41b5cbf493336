package parley.registry.mailbox;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.messages.name.UserName;

/** Where the mailboxes are: a reference for every name, whether or not anything can be left for it. */
public final class Mailboxes {
    // Part of where entities live: all nodes must agree on it.
    private static final EntityTypeKey<Mailbox.Command> MAILBOX =
            EntityTypeKey.create(Mailbox.Command.class, "mailbox");

    /** How often envelopes that are too old are looked for in mailboxes that nobody asks for. */
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(Mailboxes.class);

    private final ClusterSharding sharding;

    private Mailboxes(ClusterSharding sharding) {
        this.sharding = sharding;
    }

    /**
     * To be called once for each actor system, which may join its cluster before or after.
     *
     * @param recipients whether anything can be left for a name; asked before every deposit
     */
    public static Mailboxes init(
            ActorSystem<?> system,
            Envelopes envelopes,
            Function<UserName, CompletionStage<Mailbox.Recipient>> recipients) {
        return init(system, envelopes, recipients, Clock.systemUTC());
    }

    static Mailboxes init(
            ActorSystem<?> system,
            Envelopes envelopes,
            Function<UserName, CompletionStage<Mailbox.Recipient>> recipients,
            Clock clock) {
        var sharding = ClusterSharding.get(system);
        var rules = MailboxRules.of(system.settings().config());
        sharding.init(Entity.of(
                        MAILBOX,
                        context -> Mailbox.create(
                                new UserName(context.getEntityId()),
                                envelopes,
                                recipients,
                                rules,
                                clock,
                                context.getShard()))
                .withStopMessage(new Mailbox.Stop())
                // A mailbox that somebody collects from must not be put away; see Mailbox.Idle.
                .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy()));
        system.scheduler()
                .scheduleWithFixedDelay(
                        Duration.ZERO,
                        SWEEP_EVERY,
                        () -> sweep(envelopes, clock.millis() - rules.keep().toMillis()),
                        system.executionContext());
        return new Mailboxes(sharding);
    }

    public EntityRef<Mailbox.Command> of(UserName name) {
        return sharding.entityRefFor(MAILBOX, name.text());
    }

    private static void sweep(Envelopes envelopes, long olderThanMillis) {
        envelopes.deleteOlderThan(olderThanMillis).whenComplete((gone, failure) -> {
            if (failure != null) log.warn("Old envelopes could not be deleted: {}", failure.toString());
            else if (gone > 0) log.info("{} envelopes were too old and are deleted", gone);
        });
    }
}
