package parley.registry.mailbox;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.name.UserName;

/**
 * One user's envelopes, until each was acknowledged.
 *
 * <pre>
 *   the actor:     opening, see {@code Opening} --&gt; open
 *                  open --Idle, nobody collects, nothing under way--&gt; passivated
 *   an envelope:   Deposit, see {@code Deposits} --&gt; waiting --Ack, too old, see {@code Deletions}--&gt; gone
 *   the collector: see {@code Collector}
 * </pre>
 *
 * Nothing is answered before it is on disk. The bytes are on disk only; what is in memory says what there is.
 */
public final class Mailbox {
    public sealed interface Command {}

    /** From outside, and therefore to be answered in any case. */
    public sealed interface Request extends Command {
        /** It could not be done now. */
        void refuse();
    }

    /** @param from who is signed in on the connection that brings it */
    public record Deposit(UserName from, ByteString envelope, ActorRef<DepositAnswer> replyTo) implements Request {
        @Override
        public void refuse() {
            replyTo.tell(new Busy());
        }

        @Override
        public String toString() {
            return "Deposit[%s, %dB]".formatted(from, envelope.size());
        }
    }

    /**
     * The first envelope with a serial above {@code after}, now or when there is one; once. Whoever wants the next one
     * asks again, with the serial that it was given. One collector at a time: a later one takes over from an earlier.
     */
    public record Collect(long after, ActorRef<Collected> collector) implements Request {
        @Override
        public void refuse() {
            collector.tell(new Interrupted());
        }
    }

    /** Deletes them, all or none; those that are not there are no error. */
    public record Ack(List<Long> serials, ActorRef<AckAnswer> replyTo) implements Request {
        @Override
        public void refuse() {
            replyTo.tell(new Busy());
        }
    }

    public sealed interface DepositAnswer {}

    /** It is on disk. */
    public record Deposited() implements DepositAnswer {}

    /** @param what is full, for the sender to read */
    public record Full(String what) implements DepositAnswer {}

    /** No such account, or a classic one. */
    public record NoMailbox() implements DepositAnswer {}

    /** The account's identity has ended. */
    public record Revoked() implements DepositAnswer {}

    public sealed interface AckAnswer {}

    /** They are gone from the disk. */
    public record Acked() implements AckAnswer {}

    /** Could not be written now and was not; worth trying again. */
    public record Busy() implements DepositAnswer, AckAnswer {}

    public sealed interface Collected {}

    /**
     * @param serial above all before
     * @param timeMillis when it was deposited, since 1970
     */
    public record Envelope(long serial, UserName from, long timeMillis, ByteString bytes) implements Collected {
        @Override
        public String toString() {
            return "Envelope[%d, %s, %dB]".formatted(serial, from, bytes.size());
        }
    }

    /** The mailbox has forgotten that somebody collects: collect again in a second or so, after what was had. */
    public record Interrupted() implements Collected {}

    /** What a name is, as far as a mailbox has to know. */
    public enum Recipient {
        /** Nobody has it, or somebody who is no modern account. */
        NONE,
        MODERN,
        REVOKED
    }

    record Opened(Map<Long, Contents.Entry> onDisk) implements Command {}

    record NotOpened() implements Command {}

    record Checked(Deposit deposit, @Nullable Recipient recipient) implements Command {}

    record Written(
            Deposit deposit, Contents.Entry entry, @Nullable Long serial) implements Command {}

    record Read(Collect collect, long serial, Optional<ByteString> bytes) implements Command {}

    record NotRead() implements Command {}

    record Deleted(Ack ack, boolean gone) implements Command {}

    record CollectorGone(ActorRef<Collected> collector) implements Command {}

    record LookAgain() implements Command {}

    record Idle() implements Command {}

    /** From sharding. */
    record Stop() implements Command {}

    /** A name without an account is soon forgotten: whoever writes to a million of them must not fill the memory. */
    private static final Duration UNKNOWN_IDLE = Duration.ofSeconds(1);

    static Behavior<Command> create(
            UserName name,
            Envelopes envelopes,
            Function<UserName, CompletionStage<Recipient>> recipients,
            MailboxRules rules,
            Clock clock,
            ActorRef<ClusterSharding.ShardCommand> shard) {
        return Behaviors.setup(context -> Opening.create(context, name, envelopes, shard, onDisk -> {
            var contents = new Contents(rules, onDisk);
            return new Mailbox(context, name, envelopes, recipients, rules, contents, clock, shard).open();
        }));
    }

    private final ActorContext<Command> context;
    private final MailboxRules rules;
    private final Contents contents;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final Deposits deposits;
    private final Deletions deletions;
    private final Collector collector;

    private Mailbox(
            ActorContext<Command> context,
            UserName name,
            Envelopes envelopes,
            Function<UserName, CompletionStage<Recipient>> recipients,
            MailboxRules rules,
            Contents contents,
            Clock clock,
            ActorRef<ClusterSharding.ShardCommand> shard) {
        this.context = context;
        this.rules = rules;
        this.contents = contents;
        this.shard = shard;
        this.deletions = new Deletions(context, name, envelopes, contents, rules.keep(), clock);
        this.deposits = new Deposits(context, name, envelopes, recipients, contents, deletions, clock);
        this.collector = new Collector(context, name, envelopes, contents);
    }

    private Behavior<Command> open() {
        context.setReceiveTimeout(contents.isEmpty() ? UNKNOWN_IDLE : rules.idle(), new Idle());
        return Behaviors.receive(Command.class)
                .onAnyMessage(this::told)
                .onSignal(PostStop.class, stopped -> {
                    collector.ends();
                    return Behaviors.same();
                })
                .build();
    }

    private Behavior<Command> told(Command command) {
        switch (command) {
            case Deposit deposit -> deposits.comes(deposit);
            case Checked(var deposit, var recipient) -> deposits.checked(deposit, recipient);
            case Written(var deposit, var entry, var serial) -> {
                if (!deposits.written(deposit, entry, serial)) return Behaviors.same();
                collector.looks();
                idleUnlessCollected();
            }
            case Collect collect -> {
                deletions.dropOld();
                // Whoever is signed in and idle collects all the time: twenty thousand of them must not tick.
                context.cancelReceiveTimeout();
                collector.comes(collect);
            }
            case Read(var collect, var serial, var bytes) -> {
                deletions.dropOld();
                collector.read(collect, serial, bytes);
                idleUnlessCollected();
            }
            case NotRead failed -> collector.couldNotRead();
            case LookAgain again -> collector.looksAgain();
            case CollectorGone(var who) -> {
                collector.gone(who);
                idleUnlessCollected();
            }
            case Ack ack -> deletions.acknowledged(ack);
            case Deleted(var ack, var gone) -> deletions.deleted(ack, gone);
            case Idle idle -> {
                if (collector.isNobody() && deposits.isNoneUnderWay() && deletions.isNoneUnderWay())
                    shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
            }
            case Stop stop -> {
                return Behaviors.stopped();
            }
            case Opened again -> throw new IllegalStateException("a mailbox was opened twice");
            case NotOpened again -> throw new IllegalStateException("a mailbox was opened twice");
        }
        return Behaviors.same();
    }

    /** The clock of a mailbox that nobody collects from begins to run. */
    private void idleUnlessCollected() {
        if (collector.isNobody()) context.setReceiveTimeout(rules.idle(), new Idle());
    }
}
