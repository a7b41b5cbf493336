package parley.peer.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;
import parley.messages.classic.GroupKey;
import parley.messages.classic.Reply;
import parley.messages.classic.Request;
import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.lookup.Lookup;

/** The registry as questions with typed answers. A refusal fails the answer with {@link NotDelivered} and its text. */
final class Registry {
    private final ActorRef<Lookup.Command> lookup;
    private final Scheduler scheduler;
    /** Longer than any answer the lookup itself waits for: it says better why there is none. */
    private final Duration patience;

    Registry(ActorRef<Lookup.Command> lookup, Scheduler scheduler, Duration patience) {
        this.lookup = lookup;
        this.scheduler = scheduler;
        this.patience = patience;
    }

    /** For requests whose answer is nothing but that they were granted. */
    CompletionStage<String> grant(Request request) {
        return ask(request, reply -> reply instanceof Reply.Done(var text) ? text : null);
    }

    CompletionStage<Address> whereIs(UserName user) {
        return ask(new Request.WhereIs(user), reply -> reply instanceof Reply.At(var address) ? address : null);
    }

    /** Empty if the registry says that he is nowhere; fails only if it says nothing. */
    CompletionStage<Optional<Address>> find(UserName user) {
        return ask(new Request.WhereIs(user), reply -> switch (reply) {
            case Reply.At(var address) -> Optional.of(address);
            case Reply.Refused offline -> Optional.<Address>empty();
            default -> null;
        });
    }

    CompletionStage<List<Address>> whereAre(GroupName group, UserName asking) {
        return ask(
                new Request.WhereAre(group, asking),
                reply -> reply instanceof Reply.Peers(var addresses) ? addresses : null);
    }

    CompletionStage<GroupKey> keyOf(GroupName group) {
        return ask(new Request.KeyOf(group), reply -> reply instanceof Reply.Key(var key) ? key : null);
    }

    CompletionStage<List<Reply.Groups.Size>> groups() {
        return ask(new Request.ListGroups(), reply -> switch (reply) {
            case Reply.Groups(var sizes) -> sizes;
            case Reply.Refused none when none.equals(Reply.NO_GROUPS) -> List.<Reply.Groups.Size>of();
            default -> null;
        });
    }

    CompletionStage<List<Reply.Members.Group>> members() {
        return ask(new Request.Members(), reply -> switch (reply) {
            case Reply.Members(var groups) -> groups;
            case Reply.Refused none when none.equals(Reply.NO_MEMBERSHIPS) -> List.<Reply.Members.Group>of();
            default -> null;
        });
    }

    /** @param wanted what the reply holds, or null if it isn't the one that was hoped for */
    private <T> CompletionStage<T> ask(Request request, Function<Reply, @Nullable T> wanted) {
        CompletionStage<Lookup.Answer> asked = AskPattern.ask(
                lookup, (ActorRef<Lookup.Answer> replyTo) -> new Lookup.Ask(request, replyTo), patience, scheduler);
        return asked.exceptionally(late -> new Lookup.Unreachable("The registry did not answer in time"))
                .thenApply(answer -> switch (answer) {
                    case Lookup.Answered(var reply) -> {
                        var found = wanted.apply(reply);
                        if (found != null) yield found;
                        throw new NotDelivered(
                                reply instanceof Reply.Refused(var why) ? why : "The registry answered something else");
                    }
                    case Lookup.Unreachable(var why) -> throw new NotDelivered(why);
                });
    }
}
