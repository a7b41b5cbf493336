package parley.registry.gate.modern;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import parley.messages.directory.Limits;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.identity.IdentityKey;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.registry.group.Groups;
import parley.registry.group.ModernGroup;
import parley.registry.user.ModernUser;
import parley.registry.user.Users;

/**
 * Answers what is asked about modern groups by somebody who is signed in; docs/PROTOCOL.md §12.3.
 *
 * <pre>
 *   create, append --not too often--&gt; the asker's entity: here, and under which identity? --&gt; the group's entity
 * </pre>
 */
final class GroupDesk {
    /** New groups that one account may ask for in an hour. Names are for people, and stay taken. */
    static final int CREATES_AN_HOUR_MAX = 20;

    /** Entries that one account may bring in an hour, those that lose a race as well. A group of 256 is built in one. */
    static final int APPENDS_AN_HOUR_MAX = 600;

    private final Users users;
    private final Groups groups;
    private final Duration timeout;
    private final HourRate<UserName> creates;
    private final HourRate<UserName> appends;

    GroupDesk(Users users, Groups groups, Duration timeout, Clock clock) {
        this.users = users;
        this.groups = groups;
        this.timeout = timeout;
        this.creates = new HourRate<>(clock);
        this.appends = new HourRate<>(clock);
    }

    CompletionStage<Reply> create(Request.CreateGroup request, UserName asker, ModernDesk.Asker over) {
        var pause = creates.attempt(asker, CREATES_AN_HOUR_MAX);
        if (pause.isPresent()) return now(ModernAnswers.tooOften(pause.get()));
        return as(
                asker,
                over,
                identity -> groups.of(request.group())
                        .<ModernGroup.CreateAnswer>ask(
                                replyTo -> new ModernGroup.Create(asker, identity, request.first(), replyTo), timeout)
                        .thenApply(answer -> ModernAnswers.toCreateGroup(request.group(), answer)));
    }

    CompletionStage<Reply> append(Request.AppendToLog request, UserName asker, ModernDesk.Asker over) {
        var pause = appends.attempt(asker, APPENDS_AN_HOUR_MAX);
        if (pause.isPresent()) return now(ModernAnswers.tooOften(pause.get()));
        return as(
                asker,
                over,
                identity -> groups.of(request.group())
                        .<ModernGroup.AppendAnswer>ask(
                                replyTo -> new ModernGroup.Append(asker, identity, request.next(), replyTo), timeout)
                        .thenApply(answer -> ModernAnswers.toAppend(request.group(), answer)));
    }

    CompletionStage<Reply> log(GroupName group, int from, UserName asker) {
        return groups.of(group)
                .<ModernGroup.LogAnswer>ask(
                        replyTo -> new ModernGroup.LogOf(asker, from, Limits.ROW_BYTES_MAX, replyTo), timeout)
                .thenApply(answer -> ModernAnswers.toLog(group, answer));
    }

    CompletionStage<Reply> list(Optional<GroupName> after) {
        return groups.listModern(after, Limits.LIST_MAX, timeout).thenApply(ModernAnswers::toGroups);
    }

    /** A connection that was superseded does nothing more. */
    private CompletionStage<Reply> as(
            UserName asker, ModernDesk.Asker over, Function<IdentityKey, CompletionStage<Reply>> carryOut) {
        return users.of(asker)
                .<ModernUser.IdentityAnswer>ask(
                        replyTo -> new ModernUser.IdentityOf(over.connection(), replyTo), timeout)
                .thenCompose(answer -> switch (answer) {
                    case ModernUser.Present(var identity) -> carryOut.apply(identity);
                    case ModernUser.NotSignedIn not -> now(ModernAnswers.NOT_SIGNED_IN);
                });
    }

    private static CompletionStage<Reply> now(Reply reply) {
        return CompletableFuture.completedStage(reply);
    }
}
