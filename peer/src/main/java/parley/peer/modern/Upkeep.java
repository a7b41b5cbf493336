package parley.peer.modern;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import parley.messages.directory.Code;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.identity.Continuity;
import parley.messages.identity.KeyChain;
import parley.messages.identity.OneTimePrekeys;
import parley.peer.cipher.identity.RecoveryWords;
import parley.peer.store.Change;
import parley.peer.store.OneTimeBatch;
import parley.peer.store.OwnKeys;
import parley.peer.store.PendingSignUp;
import parley.peer.store.Store;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.Screen;

/**
 * Keeps what the registry has of us up to date: the chain, the week's prekeys, one-time pairs. What is published was
 * stored before.
 *
 * <pre>
 *   SignedIn --sign-up was pending------&gt; show the recovery words, forget them
 *   SignedIn --registry has less--------&gt; publish the rest
 *            --registry has more, of ours--&gt; adopt it, renew, publish: this vault is an older copy
 *            --something else------------&gt; say so, publish nothing
 *   SignedIn, daily --a week is over--&gt; renew, store, publish
 *   SignedIn, PairsLeft --few--&gt; make, store, publish
 * </pre>
 */
final class Upkeep {
    sealed interface Command {}

    record SignedIn(Reply.SignedIn as) implements Command {}

    record PairsLeft(int left) implements Command {}

    private record Daily() implements Command {}

    private record Made(OneTimeBatch batch) implements Command {}

    private record Own(Inquiry.Found found) implements Command {}

    private record Stored(boolean well, Runnable then) implements Command {}

    private record Published(Inquiry.Outcome outcome) implements Command {}

    private record PairsPublished() implements Command {}

    /** Pairs. With fewer left more are made; the registry says so itself before there are none. */
    private static final int FEW = 50;

    /** Pairs that fit on a line of the registry's: 57, with room for the rest. */
    private static final int PAIRS_A_LINE = 40;

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration DISK_PATIENCE = Duration.ofSeconds(30);

    /** @param grown told when our chain has grown */
    static Behavior<Command> create(
            OwnKeys keys,
            Optional<PendingSignUp> pending,
            ActorRef<Store.Command> store,
            Inquiry registry,
            Screen screen,
            InstantSource clock,
            Runnable grown) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new Daily(), DAY);
            return new Upkeep(context, keys, pending, store, registry, screen, clock, grown).running();
        }));
    }

    private final ActorContext<Command> context;
    private final OwnKeys keys;
    private final ActorRef<Store.Command> store;
    private final Inquiry registry;
    private final Screen screen;
    private final InstantSource clock;
    private final Runnable grown;
    private final SecureRandom random = new SecureRandom();
    private Optional<PendingSignUp> pending;
    private boolean makingPairs;

    private Upkeep(
            ActorContext<Command> context,
            OwnKeys keys,
            Optional<PendingSignUp> pending,
            ActorRef<Store.Command> store,
            Inquiry registry,
            Screen screen,
            InstantSource clock,
            Runnable grown) {
        this.context = context;
        this.keys = keys;
        this.pending = pending;
        this.store = store;
        this.registry = registry;
        this.screen = screen;
        this.clock = clock;
        this.grown = grown;
    }

    private Behavior<Command> running() {
        return receiveMessage(command -> {
            switch (command) {
                case SignedIn(var as) -> {
                    finishSignUp();
                    compare(as);
                    makingPairs = false;
                    pairs(as.pairs());
                }
                case PairsLeft(var left) -> pairs(left);
                case Daily() -> renew();
                case Made(var batch) -> store(keys.add(batch), () -> publishPairs(batch.published()));
                case Own(Inquiry.Whole(var given, var pair)) -> adopt(given);
                case Own(Inquiry.Missing(var never, var why)) -> notice(why);
                case Own(Inquiry.Wrong(var why)) -> notice(why);
                case Stored(var well, var then) -> {
                    if (well) then.run();
                }
                // One that is busy forgets us, and the next sign-in shows that it has less.
                case Published(Inquiry.Refused(var code, var why)) when code == Code.BUSY -> {}
                case Published(Inquiry.Refused(var code, var why)) ->
                    notice("The registry refuses our new keys: " + why);
                case Published done -> {}
                case PairsPublished() -> makingPairs = false;
            }
            return same();
        });
    }

    /** Shown before it is forgotten: rather twice than never. */
    private void finishSignUp() {
        pending.ifPresent(signUp -> {
            screen.show(new Mail.SignedUp(keys.chain().name(), RecoveryWords.of(signUp.recovery())));
            store(List.of(PendingSignUp.over()), () -> {});
        });
        pending = Optional.empty();
    }

    private void compare(Reply.SignedIn as) {
        var chain = keys.chain();
        int own = chain.statements().size();
        if (as.statements() > own) {
            context.pipeToSelf(
                    registry.chain(chain.registry(), chain.name()),
                    (found, failure) ->
                            new Own(found == null ? new Inquiry.Missing(false, String.valueOf(failure)) : found));
        } else if (as.statements() < own) {
            publish(chain, as.statements());
        } else if (!as.head().equals(chain.head())) {
            notice("The registry has another key chain of %s than this vault: don't trust it".formatted(chain.name()));
        } else {
            renew();
        }
    }

    private void renew() {
        if (!keys.isRenewalDue(clock.millis())) return;
        int from = keys.chain().statements().size();
        store(keys.renewed(clock.millis(), random), () -> publish(keys.chain(), from));
    }

    /** The registry has more of our chain than we. */
    private void adopt(KeyChain given) {
        if (given.isRevoked()) {
            notice("This identity has ended");
        } else if (Continuity.of(keys.chain(), given) != Continuity.CONTINUED) {
            notice("The registry has another key chain of %s than this vault: don't trust it".formatted(given.name()));
        } else {
            notice("This vault is an older copy: the registry knows later keys of ours. Some texts may be missing");
            int from = given.statements().size();
            store(keys.adopted(given, clock.millis(), random), () -> publish(keys.chain(), from));
        }
    }

    private void publish(KeyChain chain, int from) {
        grown.run();
        var statements =
                List.copyOf(chain.statements().subList(from, chain.statements().size()));
        context.pipeToSelf(
                registry.ask(new Request.Publish(statements)),
                (outcome, failure) ->
                        new Published(outcome == null ? new Inquiry.Unreachable(String.valueOf(failure)) : outcome));
    }

    private void pairs(int left) {
        if (left >= FEW || makingPairs) return;
        makingPairs = true;
        var making = CompletableFuture.supplyAsync(
                () -> keys.batch(OneTimeBatch.SIZE, clock.millis(), random),
                context.getSystem().executionContext()::execute);
        context.pipeToSelf(making, (batch, failure) -> batch == null ? new PairsPublished() : new Made(batch));
    }

    private void publishPairs(List<OneTimePrekeys> pairs) {
        CompletionStage<Inquiry.Outcome> last =
                CompletableFuture.completedStage(new Inquiry.Answered(new Reply.Done()));
        for (int from = 0; from < pairs.size(); from += PAIRS_A_LINE) {
            var line = List.copyOf(pairs.subList(from, Math.min(from + PAIRS_A_LINE, pairs.size())));
            last = last.thenCompose(before -> registry.ask(new Request.Pairs(line)));
        }
        context.pipeToSelf(last, (outcome, failure) -> new PairsPublished());
    }

    private void store(List<Change> changes, Runnable then) {
        CompletionStage<Store.Commitment> committed = AskPattern.ask(
                store,
                (ActorRef<Store.Commitment> replyTo) -> new Store.Commit(changes, replyTo),
                DISK_PATIENCE,
                context.getSystem().scheduler());
        context.pipeToSelf(committed, (commitment, failure) -> new Stored(commitment instanceof Store.Committed, then));
    }

    private void notice(String text) {
        screen.show(new Happening.Notice(text));
    }
}
