package parley.peer.delivery;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import parley.messages.name.PeerAddress;
import parley.messages.wire.Envelope;
import parley.messages.wire.MessageId;

/**
 * Brings envelopes to one contact. What comes here was committed before; what happens to it, {@link Backlog} decides.
 *
 * <pre>
 *   mailbox only --Online, address--&gt; dialling --LinkUp--&gt; linked --LinkDown--&gt; mailbox only
 *        ^------------- Offline -----------´
 * </pre>
 */
public final class Delivery {
    public sealed interface Command {}

    /** @param deposited whether an earlier run put it into the mailbox already */
    public record Transmit(Envelope envelope, boolean deposited) implements Command {}

    /** Acknowledged, or sealed anew, or given up. */
    public record Withdraw(List<MessageId> ids) implements Command {}

    /** @param address where links are accepted, empty for a contact who is there and accepts none */
    public record Online(Optional<PeerAddress> address) implements Command {}

    public record Offline() implements Command {}

    /** @param link its number: what was meant for the one before goes again, and only then what came later */
    public record LinkUp(int link) implements Command {}

    public record LinkDown() implements Command {}

    public record Registry(boolean up) implements Command {}

    public record Count(ActorRef<Counted> replyTo) implements Command {}

    /** @param linked whether texts go directly */
    public record Counted(int waiting, boolean linked) {}

    /** Nothing is for him. */
    public record Leave() implements Command {}

    private record Deposited(Envelope envelope, Paths.Deposit outcome) implements Command {}

    private record Due() implements Command {}

    /** What the owner of the envelopes is told. */
    public sealed interface Outcome {}

    public record InMailbox(MessageId id) implements Outcome {}

    /** The registry will not take it for now; said once until it does. */
    public record Refused(String why) implements Outcome {}

    public record Undeliverable(MessageId id, String why) implements Outcome {}

    /** No other follows. */
    public record Left() implements Outcome {}

    private static final Duration REDIAL = Duration.ofSeconds(2);

    public static Behavior<Command> create(
            Paths paths,
            DeliverySettings settings,
            RandomGenerator random,
            LongSupplier nanoTime,
            ActorRef<Outcome> owner) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers ->
                new Delivery(context, timers, paths, new Backlog(settings, random), nanoTime, owner).running()));
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Paths paths;
    private final Backlog backlog;
    private final LongSupplier nanoTime;
    private final ActorRef<Outcome> owner;

    private @Nullable PeerAddress address;
    private int link;
    private boolean refused;

    private Delivery(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Paths paths,
            Backlog backlog,
            LongSupplier nanoTime,
            ActorRef<Outcome> owner) {
        this.context = context;
        this.timers = timers;
        this.paths = paths;
        this.backlog = backlog;
        this.nanoTime = nanoTime;
        this.owner = owner;
    }

    private Behavior<Command> running() {
        return receiveMessage(command -> {
            switch (command) {
                case Transmit(var envelope, var deposited) ->
                    backlog.add(envelope, deposited, address != null, nanoTime.getAsLong());
                case Withdraw(var ids) -> {
                    ids.forEach(backlog::remove);
                    backlog.sign(nanoTime.getAsLong());
                }
                case Online(var where) -> address = where.orElse(null);
                case Offline() -> address = null;
                case LinkUp(var up) -> {
                    link = up;
                    backlog.linkUp(nanoTime.getAsLong());
                }
                case LinkDown() -> backlog.linkDown();
                case Registry(var up) -> {
                    backlog.registry(up, nanoTime.getAsLong());
                    if (!up) address = null;
                }
                case Count(var replyTo) -> replyTo.tell(new Counted(backlog.size(), backlog.isLinkUp()));
                case Deposited(var envelope, var outcome) -> deposited(envelope, outcome);
                case Due() -> {}
                case Leave() -> {
                    owner.tell(new Left());
                    return Behaviors.stopped();
                }
            }
            move();
            return same();
        });
    }

    private void deposited(Envelope envelope, Paths.Deposit outcome) {
        // The registry has what was sealed before, which the contact cannot open: that is no answer to what counts now.
        if (!backlog.holds(envelope)) return;
        var id = envelope.id();
        backlog.deposited(id, outcome, nanoTime.getAsLong());
        switch (outcome) {
            case Paths.Kept kept -> {
                refused = false;
                owner.tell(new InMailbox(id));
            }
            case Paths.Never(var why) -> owner.tell(new Undeliverable(id, why));
            case Paths.Later(var why) -> {
                if (!refused) owner.tell(new Refused(why));
                refused = true;
            }
        }
    }

    /** Does all that can be done now, and comes back when more can. */
    private void move() {
        long now = nanoTime.getAsLong();
        if (address != null && !backlog.isLinkUp() && backlog.size() > 0) paths.dial(address);
        backlog.forLink(now).forEach(envelope -> paths.send(link, envelope));
        backlog.forMailbox(now)
                .ifPresent(envelope -> context.pipeToSelf(
                        paths.deposit(envelope),
                        (outcome, failure) -> new Deposited(
                                envelope,
                                outcome == null ? new Paths.Later(String.valueOf(failure.getMessage())) : outcome)));
        // While a link is up what is due only becomes due later: a timer that fires too soon looks again.
        if (backlog.isLinkUp() && timers.isTimerActive(new Due())) return;
        boolean dialling = address != null && !backlog.isLinkUp() && backlog.size() > 0;
        var due = backlog.untilDue(now);
        // A link that could not be had is tried again, as often as links let us.
        if (dialling) due = OptionalLong.of(Math.min(due.orElse(Long.MAX_VALUE), REDIAL.toNanos()));
        due.ifPresent(nanos -> timers.startSingleTimer(new Due(), Duration.ofNanos(nanos)));
    }
}
