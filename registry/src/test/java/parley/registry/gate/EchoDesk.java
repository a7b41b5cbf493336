package parley.registry.gate;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import parley.messages.classic.Reply;
import parley.messages.classic.Request;
import parley.messages.name.UserName;
import parley.registry.user.ConnectionNotice;
import parley.registry.user.UserRegistry;

/** Answers with what it understood and whom it takes the asker for. Lets everybody in but who says {@code wrong}. */
class EchoDesk implements Desk {
    @Override
    public CompletionStage<Reply> answer(Request request, @Nullable UserName asker) {
        return CompletableFuture.completedStage(echo(request, asker));
    }

    static Reply echo(Request request, @Nullable UserName asker) {
        return new Reply.Done(request + " from " + asker);
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
