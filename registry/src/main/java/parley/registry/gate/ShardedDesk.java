package parley.registry.gate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import parley.messages.classic.Reply;
import parley.messages.classic.ReplyCodec;
import parley.messages.classic.Request;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.registry.group.GroupDirectory;
import parley.registry.group.GroupRegistry;
import parley.registry.group.Groups;
import parley.registry.user.ConnectionNotice;
import parley.registry.user.UserRegistry;
import parley.registry.user.Users;

/** Asks the actors of users and groups. What needs several of them is asked of all at once. */
public final class ShardedDesk implements Desk {
    /** More groups than a reply holds at their shortest, {@code a:[b],}, are not looked up. */
    private static final int GROUPS_SHOWN_MAX = ReplyCodec.REPLY_BYTES_MAX / "a:[b],".length() + 1;

    private static final CompletionStage<Reply> NOT_SIGNED_IN = refused("Not signed in");

    private final Users users;
    private final Groups groups;
    private final Duration timeout;

    /** @param timeout how long an answer may take before the client is told that the registry is busy */
    public ShardedDesk(Users users, Groups groups, Duration timeout) {
        this.users = users;
        this.groups = groups;
        this.timeout = timeout;
    }

    @Override
    public CompletionStage<Reply> answer(Request request, @Nullable UserName asker) {
        return switch (request) {
            case Request.WhereIs(var user) -> whereIs(user).thenApply(answer -> Answers.toWhereIs(user, answer));
            case Request.SignUp signUp -> signUp(signUp);
            case Request.ListGroups all -> list();
            case Request.Create(var group, var user) -> as(user, asker, () -> create(group, user));
            case Request.Join(var group, var user) -> as(user, asker, () -> join(group, user));
            case Request.KeyOf(var group) -> asker == null ? NOT_SIGNED_IN : keyOf(group, asker);
            case Request.WhereAre(var group, var user) -> as(user, asker, () -> whereAre(group, user));
            case Request.Members own -> asker == null ? NOT_SIGNED_IN : members(asker);
            case Request.SignIn signIn -> throw new IllegalArgumentException("a sign-in is told, not asked");
            case Request.Exit exit -> throw new IllegalArgumentException("an exit has no answer");
            case Request.Unreadable nonsense -> throw new IllegalArgumentException("nonsense is not asked");
        };
    }

    @Override
    public void whereIs(UserName user, ActorRef<UserRegistry.WhereIsAnswer> replyTo) {
        users.of(user).tell(new UserRegistry.WhereIs(replyTo));
    }

    @Override
    public void signIn(
            Request.SignIn request,
            String source,
            ActorRef<ConnectionNotice> connection,
            ActorRef<UserRegistry.SignInAnswer> replyTo) {
        users.of(request.user())
                .tell(new UserRegistry.SignIn(request.password(), request.address(), source, connection, replyTo));
    }

    @Override
    public void signOut(UserName user, ActorRef<ConnectionNotice> connection) {
        users.of(user).tell(new UserRegistry.SignOut(connection));
    }

    /** A client names its user in some requests; nobody may speak for another. */
    private static CompletionStage<Reply> as(
            UserName named, @Nullable UserName asker, Supplier<CompletionStage<Reply>> answer) {
        if (asker == null) return NOT_SIGNED_IN;
        if (!named.equals(asker)) return refused("Signed in as %s, not as %s".formatted(asker, named));
        return answer.get();
    }

    private CompletionStage<Reply> signUp(Request.SignUp request) {
        return users.of(request.user())
                .<UserRegistry.SignUpAnswer>ask(
                        replyTo -> new UserRegistry.SignUp(request.password(), replyTo), timeout)
                .thenApply(answer -> Answers.toSignUp(request.user(), answer));
    }

    private CompletionStage<UserRegistry.WhereIsAnswer> whereIs(UserName user) {
        return users.of(user).ask(UserRegistry.WhereIs::new, timeout);
    }

    private CompletionStage<Reply> list() {
        return groups.list(ReplyCodec.REPLY_BYTES_MAX, timeout).thenApply(sizes -> {
            if (sizes.isEmpty()) return Reply.NO_GROUPS;
            return new Reply.Groups(sizes.stream().map(ShardedDesk::shown).toList());
        });
    }

    private static Reply.Groups.Size shown(GroupDirectory.Size size) {
        return new Reply.Groups.Size(size.group(), size.members());
    }

    private CompletionStage<Reply> create(GroupName group, UserName user) {
        return groups.of(group)
                .<GroupRegistry.CreateAnswer>ask(replyTo -> new GroupRegistry.Create(user, replyTo), timeout)
                .thenApply(answer -> Answers.toCreate(group, answer));
    }

    private CompletionStage<Reply> join(GroupName group, UserName user) {
        return groups.of(group)
                .<GroupRegistry.JoinAnswer>ask(replyTo -> new GroupRegistry.Join(user, replyTo), timeout)
                .thenApply(answer -> Answers.toJoin(group, user, answer));
    }

    private CompletionStage<Reply> keyOf(GroupName group, UserName user) {
        return groups.of(group)
                .<GroupRegistry.KeyAnswer>ask(replyTo -> new GroupRegistry.KeyOf(user, replyTo), timeout)
                .thenApply(answer -> Answers.toKeyOf(group, user, answer));
    }

    private CompletionStage<GroupRegistry.MembersAnswer> membersOf(GroupName group) {
        return groups.of(group).ask(GroupRegistry.MembersOf::new, timeout);
    }

    private CompletionStage<Reply> whereAre(GroupName group, UserName user) {
        return membersOf(group).thenCompose(answer -> switch (answer) {
            case GroupRegistry.IsModern modern -> CompletableFuture.completedStage(Answers.isModern(group));
            case GroupRegistry.Members(var members) -> whereAre(group, members, user);
        });
    }

    private CompletionStage<Reply> whereAre(GroupName group, List<UserName> members, UserName user) {
        if (!members.contains(user)) return CompletableFuture.completedStage(Answers.notAMember(group, user));
        var others = members.stream().filter(member -> !member.equals(user));
        return all(others.map(this::whereIs).toList()).thenApply(answers -> Answers.toWhereAre(group, answers));
    }

    private CompletionStage<Reply> members(UserName user) {
        return users.of(user)
                .<UserRegistry.Groups>ask(UserRegistry.GroupsOf::new, timeout)
                .thenCompose(own -> all(own.groups().stream()
                        .limit(GROUPS_SHOWN_MAX)
                        .map(group -> membersOf(group).thenApply(answer -> Answers.toMembers(group, answer)))
                        .toList()))
                .thenApply(groups -> groups.isEmpty() ? Reply.NO_MEMBERSHIPS : new Reply.Members(groups));
    }

    /** All of them in their order, or the failure of one. */
    private static <T> CompletionStage<List<T>> all(List<CompletionStage<T>> stages) {
        CompletionStage<List<T>> all = CompletableFuture.completedStage(new ArrayList<>());
        for (var stage : stages) {
            all = all.thenCombine(stage, (list, one) -> {
                list.add(one);
                return list;
            });
        }
        return all;
    }

    private static CompletionStage<Reply> refused(String why) {
        return CompletableFuture.completedStage(new Reply.Refused(why));
    }
}
