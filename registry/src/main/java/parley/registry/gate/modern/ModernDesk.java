package parley.registry.gate.modern;

import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.identity.IdentityKey;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.registry.mailbox.Mailbox;
import parley.registry.user.ConnectionNotice;
import parley.registry.user.ModernUser;

/** Where a modern connection has its requests answered. */
public interface ModernDesk {
    /**
     * Who asks.
     *
     * @param user whom the connection signed in as, or null
     * @param shown the key of its certificate
     */
    record Asker(@Nullable UserName user, IdentityKey shown, InetAddress from, ActorRef<ConnectionNotice> connection) {}

    /**
     * Answers everything but what changes the connection itself: sign-in, exit, collect and what cannot be read are the
     * connection's.
     *
     * @return the reply; fails if no answer came in time
     */
    CompletionStage<Reply> answer(Request request, Asker asker);

    /**
     * Told and not asked, so that the answer and later notices reach the connection in the order in which the user's
     * actor sent them.
     */
    void signIn(
            UserName user,
            IdentityKey shown,
            Optional<PeerAddress> reachableAt,
            ActorRef<ConnectionNotice> connection,
            ActorRef<ModernUser.SignInAnswer> replyTo);

    /** No sign-in as {@code user} that the connection has begun counts any more. */
    void signOut(UserName user, ActorRef<ConnectionNotice> connection);

    /** The first envelope with a serial above {@code after}, now or when there is one; once. */
    void collect(UserName user, long after, ActorRef<Mailbox.Collected> collector);
}
