package parley.registry.gate;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import parley.messages.classic.Reply;
import parley.messages.classic.Request;
import parley.messages.name.Address;
import parley.messages.name.UserName;
import parley.registry.user.ConnectionNotice;
import parley.registry.user.UserRegistry;

/**
 * Answers with what it understood and whom it takes the asker for. Lets everybody in but who says {@code wrong}.
 * Everybody is at port 1000 plus the length of the name.
 */
class EchoDesk implements Desk {
    @Override
    public CompletionStage<Reply> answer(Request request, @Nullable UserName asker) {
        return CompletableFuture.completedStage(echo(request, asker));
    }

    static Reply echo(Request request, @Nullable UserName asker) {
        return new Reply.Done(request + " from " + asker);
    }

    @Override
    public void whereIs(UserName user, ActorRef<UserRegistry.WhereIsAnswer> replyTo) {
        replyTo.tell(at(user));
    }

    static UserRegistry.At at(UserName user) {
        return new UserRegistry.At(new Address("10.0.0.7", 1_000 + user.text().length()));
    }

    @Override
    public void signIn(
            Request.SignIn request,
            String source,
            ActorRef<ConnectionNotice> connection,
            ActorRef<UserRegistry.SignInAnswer> replyTo) {
        replyTo.tell(
                request.password().text().equals("wrong")
                        ? new UserRegistry.WrongNameOrPassword()
                        : new UserRegistry.SignedIn());
    }

    @Override
    public void signOut(UserName user, ActorRef<ConnectionNotice> connection) {}
}
