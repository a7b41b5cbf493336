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
 *   the collector: Collect --there is one above--&gt; being read --still there--&gt; given, once
 *                                                  being read --acknowledged meanwhile--&gt; the next one
 *                  Collect --there is none--&gt; waits for a deposit
 *                  another collects, it ends --&gt; forgotten;  we end --&gt; told Interrupted
 * </pre>
 *
 * Nothing is answered before it is on disk. The bytes are on disk only; what is in memory says what there is.
 */
public final class Mailbox {
    public sealed interface Command {}

    /** @param from who is signed in on the connection that brings it */
    public record Deposit(UserName from, ByteString envelope, ActorRef<DepositAnswer> replyTo) implements Command {
        @Override
        public String toString() {
            return "Deposit[%s, %dB]".formatted(from, envelope.size());
        }
    }

    /**
     * The first envelope with a serial above {@code after}, now or when there is one; once. Whoever wants the next one
     * asks again, with the serial that it was given. One collector at a time: a later one takes over from an earlier.
     */
    public record Collect(long after, ActorRef<Collected> collector) implements Command {}

    /** Deletes them, all or none; those that are not there are no error. */
    public record Ack(List<Long> serials, ActorRef<AckAnswer> replyTo) implements Command {}

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

    private record Read(Collect collect, long serial, Optional<ByteString> bytes) implements Command {}

    private record NotRead() implements Command {}

    private record Deleted(Ack ack, boolean gone) implements Command {}

    private record CollectorGone(ActorRef<Collected> collector) implements Command {}

    private record LookAgain() implements Command {}

    private record Idle() implements Command {}

    /** From sharding. */
    record Stop() implements Command {}

    /** What may wait until the mailbox is read: a moment, as a rule. */
    private static final int OPENING_MAX = 1_024;

    /** A name without an account is soon forgotten: whoever writes to a million of them must not fill the memory. */
    private static final Duration UNKNOWN_IDLE = Duration.ofSeconds(1);

    /** After a disk that could not be read. */
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(1);

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
                    context.scheduleOnce(LOOK_AGAIN_AFTER, context.getSelf(), new LookAgain());
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
                case Deposit deposit -> later(early, deposit);
                case Collect collect -> later(early, collect);
                case Ack ack -> later(early, ack);
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

    private Optional<Collect> collecting = Optional.empty();
    private boolean reading;
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
    }

    private static Behavior<Command> later(StashBuffer<Command> early, Command command) {
        if (early.isFull()) refuse(command);
        else early.stash(command);
        return Behaviors.same();
    }

    private static void refuseAll(StashBuffer<Command> early) {
        early.forEach(Mailbox::refuse);
        early.clear();
    }

    private static void refuse(Command early) {
        switch (early) {
            case Deposit(var from, var envelope, var replyTo) -> replyTo.tell(new Busy());
            case Collect(var after, var collector) -> collector.tell(new Interrupted());
            case Ack(var serials, var replyTo) -> replyTo.tell(new Busy());
            default -> throw unexpected(early);
        }
    }

    private static IllegalStateException unexpected(Command command) {
        return new IllegalStateException("a mailbox that is being opened was told " + command);
    }

    private Behavior<Command> open() {
        context.setReceiveTimeout(contents.isEmpty() ? UNKNOWN_IDLE : rules.idle(), new Idle());
        return Behaviors.receive(Command.class)
                .onAnyMessage(this::told)
                .onSignal(PostStop.class, stopped -> {
                    collecting.ifPresent(collect -> collect.collector().tell(new Interrupted()));
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
                forgetCollector();
                collecting = Optional.of(collect);
                // Whoever is signed in and idle collects all the time: twenty thousand of them must not tick.
                context.cancelReceiveTimeout();
                context.watchWith(collect.collector(), new CollectorGone(collect.collector()));
                yield look();
            }
            case Read(var collect, var serial, var bytes) -> read(collect, serial, bytes);
            case NotRead failed -> {
                context.scheduleOnce(LOOK_AGAIN_AFTER, context.getSelf(), new LookAgain());
                yield Behaviors.same();
            }
            case LookAgain again -> {
                reading = false;
                yield look();
            }
            case CollectorGone(var collector) -> {
                if (isCollecting(collector)) forgetCollector();
                yield Behaviors.same();
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
                if (collecting.isEmpty() && underWay == 0)
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
        context.setReceiveTimeout(rules.idle(), new Idle());
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
        return look();
    }

    /** Something for the collector, if there is one and nothing is on its way to it. */
    private Behavior<Command> look() {
        if (reading || collecting.isEmpty()) return Behaviors.same();
        dropOld();
        var collect = collecting.get();
        contents.nextAfter(collect.after()).ifPresent(serial -> {
            reading = true;
            context.pipeToSelf(
                    envelopes.bytes(name, serial),
                    (bytes, failure) -> failure == null ? new Read(collect, serial, bytes) : new NotRead());
        });
        return Behaviors.same();
    }

    private Behavior<Command> read(Collect collect, long serial, Optional<ByteString> bytes) {
        reading = false;
        // Swept from the disk by age, whatever our own clock says.
        if (bytes.isEmpty()) contents.remove(serial);
        var entry = contents.at(serial);
        if (entry.isPresent() && collecting.equals(Optional.of(collect))) {
            forgetCollector();
            collect.collector()
                    .tell(new Envelope(serial, entry.get().from(), entry.get().timeMillis(), bytes.get()));
        }
        return look();
    }

    private void forgetCollector() {
        collecting.ifPresent(collect -> {
            context.unwatch(collect.collector());
            context.setReceiveTimeout(rules.idle(), new Idle());
        });
        collecting = Optional.empty();
    }

    private boolean isCollecting(ActorRef<Collected> collector) {
        return collecting.filter(c -> c.collector().equals(collector)).isPresent();
    }

    /** What could not be deleted now is so the next time that this mailbox is opened, or by the sweep. */
    private void dropOld() {
        var old = contents.olderThan(clock.millis() - rules.keep().toMillis());
        if (old.isEmpty()) return;
        old.forEach(contents::remove);
        envelopes.delete(name, old);
    }
}
