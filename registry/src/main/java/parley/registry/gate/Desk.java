package parley.registry.gate;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import parley.messages.classic.Reply;
import parley.messages.classic.Request;
import parley.messages.name.UserName;
import parley.registry.user.ConnectionNotice;
import parley.registry.user.UserRegistry;

/** Where a connection has its requests answered. */
interface Desk {
    /**
     * Answers everything but what changes the connection itself: sign-in, exit and nonsense are the stage's.
     *
     * @param asker whom the connection signed in as, or null
     * @return the reply; fails if no answer came in time
     */
    CompletionStage<Reply> answer(Request request, @Nullable UserName asker);

    /** As {@link #answer} does, but told and not asked: cheaper, and whoever tells minds the time. */
    void whereIs(UserName user, ActorRef<UserRegistry.WhereIsAnswer> replyTo);

    /**
     * Told and not asked, so that the answer and later notices reach the connection in the order in which the user's
     * actor sent them: a notice about an older sign-in must not arrive after the answer to a newer one.
     */
    void signIn(
            Request.SignIn request,
            String source,
            ActorRef<ConnectionNotice> connection,
            ActorRef<UserRegistry.SignInAnswer> replyTo);

    /** The connection is {@code user} no longer, and no sign-in as {@code user} that it has begun counts any more. */
    void signOut(UserName user, ActorRef<ConnectionNotice> connection);
}
