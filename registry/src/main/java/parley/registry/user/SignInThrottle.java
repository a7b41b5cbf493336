package parley.registry.user;

import java.time.Clock;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import parley.messages.name.UserName;
import parley.registry.journal.Retention;
import parley.registry.journal.Snapshot;
import parley.registry.journal.SnapshotForm;
import parley.registry.journal.ThrottleEvent;

/**
 * Slows down whoever guesses passwords from one source address; one entity for each. It does not know which accounts
 * exist, so that invented names are treated like real ones.
 *
 * <pre>
 *   an attempt:  Attempt --Wait--> refused
 *                        --Go----> in flight --Failed-----> counted, on disk
 *                                            --Succeeded--> its count is forgotten
 *                                            --Withdrawn--> as if it had not been
 * </pre>
 */
final class SignInThrottle extends EventSourcedBehavior<SignInThrottle.Command, ThrottleEvent, Failures> {
    sealed interface Command {}

    record Attempt(UserName account, ActorRef<Clearance> replyTo) implements Command {}

    record Failed(String slot, ActorRef<Noted> replyTo) implements Command {}

    record Succeeded(String slot) implements Command {}

    /** Nothing was compared after all. */
    record Withdrawn(String slot) implements Command {}

    sealed interface Clearance {}

    /** @param slot to be given back with what became of the attempt */
    record Go(String slot) implements Clearance {}

    /** @param pause whole seconds, at least one */
    record Wait(Duration pause) implements Clearance {}

    record Noted() {}

    static Behavior<Command> create(String source, SignInRules rules, Retention retention, Clock clock) {
        return new SignInThrottle(source, rules, retention, clock);
    }

    private final SignInRules rules;
    private final Retention retention;
    private final Clock clock;
    private final InFlight inFlight = new InFlight();

    private SignInThrottle(String source, SignInRules rules, Retention retention, Clock clock) {
        super(PersistenceId.of("throttle", source));
        this.rules = rules;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public Failures emptyState() {
        return Failures.NONE;
    }

    @Override
    public CommandHandler<Command, ThrottleEvent, Failures> commandHandler() {
        return (failures, command) -> switch (command) {
            case Attempt(var account, var replyTo) -> Effect().reply(replyTo, clearance(failures, account));
            case Failed(var slot, var replyTo) -> {
                inFlight.end(slot);
                yield Effect()
                        .persist(failures.failed(slot, rules, clock.instant()))
                        .thenReply(replyTo, f -> new Noted());
            }
            case Succeeded(var slot) -> {
                inFlight.end(slot);
                yield Effect().persist(failures.succeeded(slot));
            }
            case Withdrawn(var slot) -> {
                inFlight.end(slot);
                yield Effect().none();
            }
        };
    }

    private Clearance clearance(Failures failures, UserName account) {
        var now = clock.instant();
        var slot = failures.slot(account, rules, now);
        var pause = failures.pause(slot, inFlight.count(slot, now), rules, now);
        if (pause.isZero()) {
            inFlight.begin(slot, now);
            return new Go(slot);
        }
        return new Wait(Duration.ofSeconds(pause.plusSeconds(1).minusNanos(1).toSeconds()));
    }

    @Override
    public EventHandler<Failures, ThrottleEvent> eventHandler() {
        return Failures::with;
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return retention.criteria();
    }

    @Override
    public SnapshotAdapter<Failures> snapshotAdapter() {
        return SnapshotForm.of(Snapshot.OfThrottle.class, Failures::snapshot, Failures::of);
    }
}
