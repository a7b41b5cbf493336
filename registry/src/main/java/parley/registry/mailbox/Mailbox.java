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
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.name.UserName;

/**
 * One user's envelopes, until each was acknowledged.
 *
 * <pre>
 *   the actor:     opening --Opened--&gt; open --Idle, nobody collects, nothing under way--&gt; passivated
 *                  opening --NotOpened--&gt; opening: who waits is refused, a second later it tries again
 *                  opening --NotOpened, nobody waits--&gt; passivated
 *
 *   an envelope:   Deposit --who is that?--&gt; checked --there is room--&gt; being written --on disk--&gt; waiting
 *                                            checked --no such name, revoked, full--&gt; refused
 *                                                     being written --failed--&gt; refused
 *                  waiting --Ack--&gt; being deleted --gone from the disk--&gt; gone
 *                                   being deleted --failed--&gt; waiting, and the answer says so
 *                  waiting --too old--&gt; gone
 *
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

    private record Opened(Map<Long, Contents.Entry> onDisk) implements Command {}

    private record NotOpened() implements Command {}

    private record Checked(Deposit deposit, @Nullable Recipient recipient) implements Command {}

    private record Written(
            Deposit deposit, Contents.Entry entry, @Nullable Long serial) implements Command {}

    record Read(Collect collect, long serial, Optional<ByteString> bytes) implements Command {}

    record NotRead() implements Command {}

    private record Deleted(Ack ack, boolean gone) implements Command {}

    record CollectorGone(ActorRef<Collected> collector) implements Command {}

    record LookAgain() implements Command {}

    private record Idle() implements Command {}

    /** From sharding. */
    record Stop() implements Command {}

    /** What may wait until the mailbox is read: a moment, as a rule. */
    private static final int OPENING_MAX = 1_024;

    /** A name without an account is soon forgotten: whoever writes to a million of them must not fill the memory. */
    private static final Duration UNKNOWN_IDLE = Duration.ofSeconds(1);

    /** After a disk that could not be read. */
    private static final Duration OPEN_AGAIN_AFTER = Duration.ofSeconds(1);

    static Behavior<Command> create(
            UserName name,
            Envelopes envelopes,
            Function<UserName, CompletionStage<Recipient>> recipients,
            MailboxRules rules,
            Clock clock,
            ActorRef<ClusterSharding.ShardCommand> shard) {
        return Behaviors.setup(context -> Behaviors.withStash(OPENING_MAX, early -> {
            Runnable read = () -> context.pipeToSelf(
                    envelopes.entries(name),
                    (onDisk, failure) -> failure == null ? new Opened(onDisk) : new NotOpened());
            read.run();
            return Behaviors.receiveMessage(command -> switch (command) {
                case Opened(var onDisk) -> {
                    var contents = new Contents(rules, onDisk);
                    yield early.unstashAll(
                            new Mailbox(context, name, envelopes, recipients, rules, contents, clock, shard).open());
                }
                case NotOpened failed -> {
                    if (early.isEmpty()) shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
                    refuseAll(early);
                    context.scheduleOnce(OPEN_AGAIN_AFTER, context.getSelf(), new LookAgain());
                    yield Behaviors.same();
                }
                case LookAgain again -> {
                    read.run();
                    yield Behaviors.same();
                }
                case Stop stop -> {
                    refuseAll(early);
                    yield Behaviors.stopped();
                }
                case Request request -> later(early, request);
                case Checked tooEarly -> throw unexpected(tooEarly);
                case Written tooEarly -> throw unexpected(tooEarly);
                case Read tooEarly -> throw unexpected(tooEarly);
                case NotRead tooEarly -> throw unexpected(tooEarly);
                case Deleted tooEarly -> throw unexpected(tooEarly);
                case CollectorGone tooEarly -> throw unexpected(tooEarly);
                case Idle tooEarly -> throw unexpected(tooEarly);
            });
        }));
    }

    private final ActorContext<Command> context;
    private final UserName name;
    private final Envelopes envelopes;
    private final Function<UserName, CompletionStage<Recipient>> recipients;
    private final MailboxRules rules;
    private final Contents contents;
    private final Clock clock;
    private final ActorRef<ClusterSharding.ShardCommand> shard;

    private final Collector collector;
    private int underWay;

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
        this.name = name;
        this.envelopes = envelopes;
        this.recipients = recipients;
        this.rules = rules;
        this.contents = contents;
        this.clock = clock;
        this.shard = shard;
        this.collector = new Collector(context, name, envelopes, contents);
    }

    private static Behavior<Command> later(StashBuffer<Command> early, Request request) {
        if (early.isFull()) request.refuse();
        else early.stash(request);
        return Behaviors.same();
    }

    private static void refuseAll(StashBuffer<Command> early) {
        early.forEach(command -> {
            if (command instanceof Request request) request.refuse();
        });
        early.clear();
    }

    private static IllegalStateException unexpected(Command command) {
        return new IllegalStateException("a mailbox that is being opened was told " + command);
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
        return switch (command) {
            case Deposit deposit -> {
                underWay++;
                context.pipeToSelf(recipients.apply(name), (recipient, failure) -> new Checked(deposit, recipient));
                yield Behaviors.same();
            }
            case Checked(var deposit, var recipient) -> checked(deposit, recipient);
            case Written(var deposit, var entry, var serial) -> written(deposit, entry, serial);
            case Collect collect -> {
                dropOld();
                // Whoever is signed in and idle collects all the time: twenty thousand of them must not tick.
                context.cancelReceiveTimeout();
                collector.comes(collect);
                yield Behaviors.same();
            }
            case Read(var collect, var serial, var bytes) -> {
                dropOld();
                collector.read(collect, serial, bytes);
                yield settled();
            }
            case NotRead failed -> {
                collector.couldNotRead();
                yield Behaviors.same();
            }
            case LookAgain again -> {
                collector.looksAgain();
                yield Behaviors.same();
            }
            case CollectorGone(var who) -> {
                collector.gone(who);
                yield settled();
            }
            case Ack ack -> {
                underWay++;
                context.pipeToSelf(
                        envelopes.delete(name, ack.serials()), (gone, failure) -> new Deleted(ack, failure == null));
                yield Behaviors.same();
            }
            case Deleted(var ack, var gone) -> {
                underWay--;
                if (gone) ack.serials().forEach(contents::remove);
                ack.replyTo().tell(gone ? new Acked() : new Busy());
                yield Behaviors.same();
            }
            case Idle idle -> {
                if (collector.isNobody() && underWay == 0)
                    shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
                yield Behaviors.same();
            }
            case Stop stop -> Behaviors.stopped();
            case Opened again -> throw new IllegalStateException("a mailbox was opened twice");
            case NotOpened again -> throw new IllegalStateException("a mailbox was opened twice");
        };
    }

    private Behavior<Command> checked(Deposit deposit, @Nullable Recipient recipient) {
        var refusal = refusal(deposit, recipient);
        if (refusal.isPresent()) {
            underWay--;
            deposit.replyTo().tell(refusal.get());
            return Behaviors.same();
        }
        var entry = new Contents.Entry(
                deposit.from(), clock.millis(), deposit.envelope().size());
        contents.coming(entry);
        context.pipeToSelf(
                envelopes.put(name, entry, deposit.envelope()),
                (serial, failure) -> new Written(deposit, entry, serial));
        return Behaviors.same();
    }

    private Optional<DepositAnswer> refusal(Deposit deposit, @Nullable Recipient recipient) {
        if (recipient == null) return Optional.of(new Busy());
        return switch (recipient) {
            case NONE -> Optional.of(new NoMailbox());
            case REVOKED -> Optional.of(new Revoked());
            case MODERN -> {
                dropOld();
                yield contents.full(deposit.from(), deposit.envelope().size()).map(Full::new);
            }
        };
    }

    private Behavior<Command> written(Deposit deposit, Contents.Entry entry, @Nullable Long serial) {
        underWay--;
        if (serial == null) {
            contents.failed(entry);
            deposit.replyTo().tell(new Busy());
            return Behaviors.same();
        }
        contents.came(serial, entry);
        deposit.replyTo().tell(new Deposited());
        collector.looks();
        return settled();
    }

    /** The clock of a mailbox that nobody collects from begins to run. */
    private Behavior<Command> settled() {
        if (collector.isNobody()) context.setReceiveTimeout(rules.idle(), new Idle());
        return Behaviors.same();
    }

    /** What could not be deleted now is so the next time that this mailbox is opened, or by the sweep. */
    private void dropOld() {
        var old = contents.olderThan(clock.millis() - rules.keep().toMillis());
        if (old.isEmpty()) return;
        old.forEach(contents::remove);
        envelopes.delete(name, old);
    }
}
