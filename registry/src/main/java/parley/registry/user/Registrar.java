package parley.registry.user;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import parley.messages.identity.Appending;
import parley.messages.identity.Claim;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.KeyChain;
import parley.messages.identity.StatementRow;
import parley.messages.name.UserName;
import parley.registry.journal.UserEvent;
import parley.registry.user.ModernUser.Standing;

/**
 * What the {@link UserRegistry} of one name does about its modern account.
 *
 * <pre>
 *   free --SignUp, open, chain in order-----------------------&gt; modern, on disk
 *   free --SignUp, chain in order--&gt; invitation being spent --&gt; modern, on disk
 *                                    invitation being spent --taken meanwhile, no such code--&gt; as it was
 *   modern --Publish--&gt; modern, longer;  --Revoke--&gt; revoked: nobody signs in, nothing follows
 * </pre>
 *
 * Every chain is verified here, statement by statement, before it is written; who is where is {@link Visibility}'s.
 */
final class Registrar {
    /** What is to be written, if anything, what to do when that is on disk, and what if it never is. */
    record Decision(Optional<UserEvent> event, Runnable then, Runnable otherwise) {}

    /** Until an entity that ended is there again, without asking for it too often. */
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(1);

    private final ActorContext<UserRegistry.Command> context;
    private final UserName name;
    private final Surroundings around;
    private final Visibility visibility;
    private boolean spending;

    Registrar(ActorContext<UserRegistry.Command> context, UserName name, Surroundings around, Visibility visibility) {
        this.context = context;
        this.name = name;
        this.around = around;
        this.visibility = visibility;
    }

    /** Something is under way that would be lost. */
    boolean isBusy() {
        return spending;
    }

    Decision decide(User user, ModernUser.Command command) {
        return switch (command) {
            case ModernUser.SignUp attempt -> signUp(user, attempt);
            case ModernUser.Admitted(var attempt, var spent) -> admitted(user, attempt, spent);
            case ModernUser.SignIn attempt -> signIn(user, attempt);
            case ModernUser.Counted(var attempt, var answer) -> counted(attempt, answer);
            case ModernUser.ChainOf question -> reply(question.replyTo(), chain(user, question));
            case ModernUser.Publish publish -> publish(user, publish);
            case ModernUser.AddPairs offer -> addPairs(user, offer);
            case ModernUser.TakePair(var asker, var replyTo) -> takePair(user, asker, replyTo);
            case ModernUser.FewPairsLeft(var left) ->
                then(() -> visibility.tellOwner(new ConnectionNotice.PairsRunLow(left)));
            case ModernUser.Revoke revoke -> revoke(user, revoke);
            case ModernUser.Allow(var names, var connection, var replyTo) -> {
                if (!visibility.isHere(connection)) yield reply(replyTo, new ModernUser.NotSignedIn());
                if (names.size() > ModernUser.NAMES_MAX) yield reply(replyTo, new ModernUser.TooManyNames());
                visibility.allows(names);
                yield reply(replyTo, new ModernUser.Noted());
            }
            case ModernUser.Watch(var names, var connection, var replyTo) -> {
                if (!visibility.isHere(connection)) yield reply(replyTo, new ModernUser.NotSignedIn());
                if (names.size() > ModernUser.NAMES_MAX) yield reply(replyTo, new ModernUser.TooManyNames());
                visibility.watches(names);
                yield reply(replyTo, new ModernUser.Noted());
            }
            case ModernUser.WhereIs(var asker, var replyTo) -> reply(replyTo, whereabouts(user, asker));
            case ModernUser.IdentityOf(var connection, var replyTo) -> reply(replyTo, identity(user, connection));
            case ModernUser.Recognise(var shown, var replyTo) -> reply(replyTo, recognition(user, shown));
            case ModernUser.StandingOf(var replyTo) -> reply(replyTo, standing(user));
            case ModernUser.WatchedBy(var watcher, var connection) -> {
                // Who looks at names that nobody has must not keep them in memory.
                if (standing(user) != Standing.NONE) visibility.watchedBy(watcher, connection);
                yield nothing();
            }
            case ModernUser.WatchedNoMore(var connection) -> then(() -> visibility.watchedNoMore(connection));
            case ModernUser.LostSight(var of) ->
                then(() -> context.scheduleOnce(LOOK_AGAIN_AFTER, context.getSelf(), new ModernUser.LookAgain(of)));
            case ModernUser.LookAgain(var at) -> then(() -> visibility.looksAgain(at));
        };
    }

    private Decision signUp(User user, ModernUser.SignUp attempt) {
        var replyTo = attempt.replyTo();
        if (user.account().isPresent()) return reply(replyTo, new ModernUser.NameTaken());
        if (around.signUp() == SignUpPolicy.CLOSED) return reply(replyTo, new ModernUser.SignUpClosed());
        if (attempt.chain().isEmpty()) return reply(replyTo, new ModernUser.ChainIncomplete());
        return switch (begun(attempt)) {
            case Appending.Refused(var why) -> reply(replyTo, new ModernUser.ChainRefused(why));
            case Appending.Longer(var chain) -> {
                if (chain.isRevoked()) yield reply(replyTo, new ModernUser.ChainRefused(Appending.Why.REVOKED));
                if (chain.tls().isEmpty() || chain.offer().isEmpty())
                    yield reply(replyTo, new ModernUser.ChainIncomplete());
                if (!shows(attempt.shown(), chain)) yield reply(replyTo, new ModernUser.WrongKey());
                if (around.signUp() == SignUpPolicy.OPEN) yield take(chain, replyTo);
                yield spend(attempt);
            }
        };
    }

    private Appending begun(ModernUser.SignUp attempt) {
        var statements = attempt.chain();
        return switch (KeyChain.begin(around.registry(), name, statements.getFirst())) {
            case Appending.Longer(var chain) -> chain.append(statements.subList(1, statements.size()));
            case Appending.Refused refused -> refused;
        };
    }

    private Decision take(KeyChain chain, ActorRef<ModernUser.SignUpAnswer> replyTo) {
        return new Decision(
                Optional.of(User.signedUp(chain)),
                () -> replyTo.tell(new ModernUser.SignedUp()),
                () -> replyTo.tell(new ModernUser.Busy()));
    }

    /** One at a time: the second would find the name taken, and give back a code that the first one may have spent. */
    private Decision spend(ModernUser.SignUp attempt) {
        if (attempt.invitation().isEmpty()) return reply(attempt.replyTo(), new ModernUser.NoSuchInvitation());
        if (spending) return reply(attempt.replyTo(), new ModernUser.Busy());
        spending = true;
        context.pipeToSelf(
                around.invitations().spend(attempt.invitation().get(), name),
                (spent, failure) ->
                        new ModernUser.Admitted(attempt, spent == null ? Invitations.Spending.FAILED : spent));
        return nothing();
    }

    /** The chain was in order a moment ago and is a value; the name may be a classic account's by now. */
    private Decision admitted(User user, ModernUser.SignUp attempt, Invitations.Spending spent) {
        spending = false;
        return switch (spent) {
            case FAILED -> reply(attempt.replyTo(), new ModernUser.Busy());
            case NO_SUCH -> reply(attempt.replyTo(), new ModernUser.NoSuchInvitation());
            case SPENT -> {
                if (user.account().isPresent()) {
                    attempt.invitation().ifPresent(code -> around.invitations().giveBack(code, name));
                    yield reply(attempt.replyTo(), new ModernUser.NameTaken());
                }
                yield switch (begun(attempt)) {
                    case Appending.Longer(var chain) -> take(chain, attempt.replyTo());
                    case Appending.Refused(var why) -> throw new IllegalStateException("a chain that changed: " + why);
                };
            }
        };
    }

    private Decision signIn(User user, ModernUser.SignIn attempt) {
        if (user.chain().isEmpty()) return reply(attempt.replyTo(), new ModernUser.Unknown());
        var chain = user.chain().get();
        if (chain.isRevoked()) return reply(attempt.replyTo(), new ModernUser.Revoked());
        if (!shows(attempt.shown(), chain)) return reply(attempt.replyTo(), new ModernUser.WrongKey());
        context.cancelReceiveTimeout();
        visibility.arrives(attempt.connection(), attempt.address());
        var counts = around.pairs()
                .left(name, chain.identity())
                .thenCombine(
                        around.envelopes().apply(name),
                        (pairs, envelopes) ->
                                new ModernUser.SignedIn(chain.statements().size(), chain.head(), pairs, envelopes));
        context.pipeToSelf(
                counts,
                (answer, failure) -> new ModernUser.Counted(attempt, answer == null ? new ModernUser.Busy() : answer));
        return nothing();
    }

    /** Whoever is told that it is not signed in must not be online either. */
    private Decision counted(ModernUser.SignIn attempt, ModernUser.SignInAnswer answer) {
        if (!visibility.isHere(attempt.connection())) return reply(attempt.replyTo(), new ModernUser.Busy());
        if (answer instanceof ModernUser.Busy) context.getSelf().tell(new UserRegistry.SignOut(attempt.connection()));
        return reply(attempt.replyTo(), answer);
    }

    private static ModernUser.ChainAnswer chain(User user, ModernUser.ChainOf question) {
        if (user.chain().isEmpty()) return new ModernUser.Unknown();
        var statements = user.chain().get().statements();
        int from = Math.clamp(question.from(), 0, statements.size());
        var row = StatementRow.fitting(statements.subList(from, statements.size()), question.bytesMax());
        return new ModernUser.Chain(statements.size(), row);
    }

    private Decision publish(User user, ModernUser.Publish publish) {
        if (!visibility.isHere(publish.connection()) || user.chain().isEmpty())
            return reply(publish.replyTo(), new ModernUser.NotSignedIn());
        var chain = user.chain().get();
        if (publish.statements().isEmpty())
            return reply(
                    publish.replyTo(),
                    new ModernUser.Published(chain.statements().size()));
        return switch (chain.append(publish.statements())) {
            case Appending.Refused(var why) -> reply(publish.replyTo(), new ModernUser.ChainRefused(why));
            case Appending.Longer(var longer) ->
                new Decision(
                        Optional.of(User.stated(publish.statements())),
                        () -> {
                            publish.replyTo()
                                    .tell(new ModernUser.Published(
                                            longer.statements().size()));
                            grown(longer);
                        },
                        () -> publish.replyTo().tell(new ModernUser.Busy()));
        };
    }

    private Decision revoke(User user, ModernUser.Revoke revoke) {
        if (user.chain().isEmpty()) return reply(revoke.replyTo(), new ModernUser.Unknown());
        if (!(revoke.revocation().claim() instanceof Claim.Revoke))
            return reply(revoke.replyTo(), new ModernUser.ChainRefused(Appending.Why.WRONG_PURPOSE));
        return switch (user.chain().get().append(revoke.revocation())) {
            case Appending.Refused(var why) -> reply(revoke.replyTo(), new ModernUser.ChainRefused(why));
            case Appending.Longer(var longer) ->
                new Decision(
                        Optional.of(User.stated(List.of(revoke.revocation()))),
                        () -> {
                            revoke.replyTo().tell(new ModernUser.RevocationTaken());
                            grown(longer);
                        },
                        () -> revoke.replyTo().tell(new ModernUser.Busy()));
        };
    }

    /** Whoever is signed in with a revoked identity may be the one because of whom it was revoked. */
    private void grown(KeyChain chain) {
        visibility.tellWatchers(
                new ConnectionNotice.ChainGrew(name, chain.statements().size()));
        if (!chain.isRevoked()) return;
        around.pairs().clear(name);
        visibility.ends();
    }

    private Decision addPairs(User user, ModernUser.AddPairs offer) {
        if (!visibility.isHere(offer.connection()) || user.chain().isEmpty())
            return reply(offer.replyTo(), new ModernUser.NotSignedIn());
        var identity = user.chain().get().identity();
        if (!offer.pairs().stream().allMatch(pair -> pair.isSignedBy(identity, around.registry())))
            return reply(offer.replyTo(), new ModernUser.ChainRefused(Appending.Why.WRONG_SIGNATURE));
        around.pairs()
                .add(name, identity, offer.pairs())
                .whenComplete((left, failure) ->
                        offer.replyTo().tell(failure == null ? new ModernUser.PairsLeft(left) : new ModernUser.Busy()));
        return nothing();
    }

    private Decision takePair(User user, UserName asker, ActorRef<ModernUser.TakePairAnswer> replyTo) {
        if (user.chain().isEmpty()) return reply(replyTo, new ModernUser.Unknown());
        var chain = user.chain().get();
        if (chain.isRevoked()) return reply(replyTo, new ModernUser.Revoked());
        var self = context.getSelf();
        around.pairs().take(name, chain.identity(), asker).whenComplete((taking, failure) -> {
            if (failure != null) {
                replyTo.tell(new ModernUser.Busy());
                return;
            }
            switch (taking) {
                case PairStock.Taken(var pair, var left) -> {
                    replyTo.tell(new ModernUser.Taken(Optional.of(pair)));
                    if (left < ModernUser.PAIRS_LOW) self.tell(new ModernUser.FewPairsLeft(left));
                }
                case PairStock.NoneLeft() -> {
                    replyTo.tell(new ModernUser.Taken(Optional.empty()));
                    self.tell(new ModernUser.FewPairsLeft(0));
                }
                case PairStock.TooOften(var pause) -> replyTo.tell(new ModernUser.TooOften(pause));
            }
        });
        return nothing();
    }

    private ModernUser.WhereIsAnswer whereabouts(User user, UserName asker) {
        return switch (standing(user)) {
            case NONE -> new ModernUser.Unknown();
            case REVOKED -> new ModernUser.Revoked();
            case MODERN ->
                visibility.seenBy(asker).<ModernUser.WhereIsAnswer>map(at -> at).orElseGet(ModernUser.Offline::new);
        };
    }

    private ModernUser.IdentityAnswer identity(User user, ActorRef<ConnectionNotice> connection) {
        if (!visibility.isHere(connection)) return new ModernUser.NotSignedIn();
        return user.chain()
                .<ModernUser.IdentityAnswer>map(chain -> new ModernUser.Present(chain.identity()))
                .orElseGet(ModernUser.NotSignedIn::new);
    }

    private static ModernUser.Recognition recognition(User user, IdentityKey shown) {
        if (user.chain().isEmpty()) return ModernUser.Recognition.UNKNOWN;
        var chain = user.chain().get();
        if (chain.isRevoked()) return ModernUser.Recognition.REVOKED;
        return shows(shown, chain) ? ModernUser.Recognition.ITSELF : ModernUser.Recognition.WRONG_KEY;
    }

    private static Standing standing(User user) {
        return user.chain()
                .map(chain -> chain.isRevoked() ? Standing.REVOKED : Standing.MODERN)
                .orElse(Standing.NONE);
    }

    /** In a time that does not depend on where they differ. */
    private static boolean shows(IdentityKey shown, KeyChain chain) {
        return chain.tls().filter(shown::equals).isPresent();
    }

    private static Decision then(Runnable then) {
        return new Decision(Optional.empty(), then, () -> {});
    }

    private static <T> Decision reply(ActorRef<T> replyTo, T answer) {
        return then(() -> replyTo.tell(answer));
    }

    private static Decision nothing() {
        return then(() -> {});
    }
}
