package parley.registry.gate.modern;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import parley.messages.directory.Invite;
import parley.messages.directory.Limits;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.identity.IdentityKey;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.registry.group.Groups;
import parley.registry.mailbox.Mailbox;
import parley.registry.mailbox.Mailboxes;
import parley.registry.user.ConnectionNotice;
import parley.registry.user.ModernUser;
import parley.registry.user.Users;

/** Asks the actors of users and mailboxes; those of groups by its {@link GroupDesk}. */
public final class ShardedModernDesk implements ModernDesk {
    private final Users users;
    private final Mailboxes mailboxes;
    private final GroupDesk groups;
    private final SignUpRate signUps;
    private final Duration timeout;

    public ShardedModernDesk(Users users, Mailboxes mailboxes, Groups groups, ModernLimits limits, Clock clock) {
        this.users = users;
        this.mailboxes = mailboxes;
        this.groups = new GroupDesk(users, groups, limits.answer(), clock);
        this.signUps = new SignUpRate(limits, clock);
        this.timeout = limits.answer();
    }

    @Override
    public CompletionStage<Reply> answer(Request request, Asker asker) {
        return switch (request) {
            case Request.SignUp signUp -> signUp(signUp, asker);
            case Request.ChainOf(var name, var from) ->
                users.of(name)
                        .<ModernUser.ChainAnswer>ask(
                                replyTo -> new ModernUser.ChainOf(from, Limits.ROW_BYTES_MAX, replyTo), timeout)
                        .thenApply(answer -> ModernAnswers.toChain(name, answer));
            case Request.Publish(var statements) ->
                signedIn(
                        asker,
                        own -> users.of(own)
                                .<ModernUser.PublishAnswer>ask(
                                        replyTo -> new ModernUser.Publish(statements, asker.connection(), replyTo),
                                        timeout)
                                .thenApply(ModernAnswers::toPublish));
            case Request.Pairs(var pairs) ->
                signedIn(
                        asker,
                        own -> users.of(own)
                                .<ModernUser.AddPairsAnswer>ask(
                                        replyTo -> new ModernUser.AddPairs(pairs, asker.connection(), replyTo), timeout)
                                .thenApply(ModernAnswers::toPairs));
            case Request.PrekeysOf(var name) ->
                signedIn(
                        asker,
                        own -> users.of(name)
                                .<ModernUser.TakePairAnswer>ask(
                                        replyTo -> new ModernUser.TakePair(own, replyTo), timeout)
                                .thenApply(answer -> ModernAnswers.toPrekeys(name, answer)));
            case Request.Revoke(var name, var revocation) ->
                users.of(name)
                        .<ModernUser.RevokeAnswer>ask(replyTo -> new ModernUser.Revoke(revocation, replyTo), timeout)
                        .thenApply(answer -> ModernAnswers.toRevoke(name, answer));
            case Request.Allow(var names) ->
                signedIn(
                        asker,
                        own -> users.of(own)
                                .<ModernUser.ListAnswer>ask(
                                        replyTo -> new ModernUser.Allow(names, asker.connection(), replyTo), timeout)
                                .thenApply(ModernAnswers::toList));
            case Request.Watch(var names) ->
                signedIn(
                        asker,
                        own -> users.of(own)
                                .<ModernUser.ListAnswer>ask(
                                        replyTo -> new ModernUser.Watch(names, asker.connection(), replyTo), timeout)
                                .thenApply(ModernAnswers::toList));
            case Request.WhereIs(var name) ->
                signedIn(
                        asker,
                        own -> users.of(name)
                                .<ModernUser.WhereIsAnswer>ask(replyTo -> new ModernUser.WhereIs(own, replyTo), timeout)
                                .thenApply(answer -> ModernAnswers.toWhereIs(name, answer)));
            case Request.Deposit(var to, var envelope) ->
                signedIn(
                        asker,
                        own -> mailboxes
                                .of(to)
                                .<Mailbox.DepositAnswer>ask(
                                        replyTo -> new Mailbox.Deposit(own, envelope, replyTo), timeout)
                                .thenApply(answer -> ModernAnswers.toDeposit(to, answer)));
            case Request.Ack(var serials) ->
                signedIn(
                        asker,
                        own -> mailboxes
                                .of(own)
                                .<Mailbox.AckAnswer>ask(replyTo -> new Mailbox.Ack(serials, replyTo), timeout)
                                .thenApply(ModernAnswers::toAck));
            case Request.CreateGroup create -> signedIn(asker, own -> groups.create(create, own, asker));
            case Request.AppendToLog append -> signedIn(asker, own -> groups.append(append, own, asker));
            case Request.LogOf(var group, var from) -> signedIn(asker, own -> groups.log(group, from, own));
            case Request.ListGroups(var after) -> signedIn(asker, own -> groups.list(after));
            case Request.SignIn signIn -> throw new IllegalArgumentException("a sign-in is told, not asked");
            case Request.Collect collect -> throw new IllegalArgumentException("a collection is told, not asked");
            case Request.Exit exit -> throw new IllegalArgumentException("an exit is the connection's");
            case Request.Unreadable unreadable -> throw new IllegalArgumentException("nonsense is not asked");
        };
    }

    @Override
    public void signIn(
            UserName user,
            IdentityKey shown,
            Optional<PeerAddress> reachableAt,
            ActorRef<ConnectionNotice> connection,
            ActorRef<ModernUser.SignInAnswer> replyTo) {
        users.of(user).tell(new ModernUser.SignIn(shown, reachableAt, connection, replyTo));
    }

    @Override
    public void signOut(UserName user, ActorRef<ConnectionNotice> connection) {
        users.of(user).tell(new parley.registry.user.UserRegistry.SignOut(connection));
    }

    @Override
    public void collect(UserName user, long after, ActorRef<Mailbox.Collected> collector) {
        mailboxes.of(user).tell(new Mailbox.Collect(after, collector));
    }

    private CompletionStage<Reply> signUp(Request.SignUp request, Asker asker) {
        if (asker.user() != null) return now(ModernAnswers.SIGNED_IN_ALREADY);
        var pause = signUps.attempt(asker.from());
        if (pause.isPresent()) return now(ModernAnswers.tooOften(pause.get()));
        return users.of(request.name())
                .<ModernUser.SignUpAnswer>ask(
                        replyTo -> new ModernUser.SignUp(
                                request.chain(), asker.shown(), request.invite().map(Invite::code), replyTo),
                        timeout)
                .thenApply(answer -> ModernAnswers.toSignUp(request.name(), answer));
    }

    private static CompletionStage<Reply> signedIn(Asker asker, Function<UserName, CompletionStage<Reply>> answer) {
        @Nullable UserName own = asker.user();
        return own == null ? now(ModernAnswers.NOT_SIGNED_IN) : answer.apply(own);
    }

    private static CompletionStage<Reply> now(Reply reply) {
        return CompletableFuture.completedStage(reply);
    }
}
