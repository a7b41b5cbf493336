package parley.registry.gate.modern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.identity.IdentityKey;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.registry.mailbox.Mailbox;
import parley.registry.user.ConnectionNotice;
import parley.registry.user.ModernUser;

/** A desk at which the test sits. */
final class OpenModernDesk implements ModernDesk {
    record Question(Request request, Asker asker, CompletableFuture<Reply> answer) {}

    record SigningIn(
            UserName user,
            IdentityKey shown,
            Optional<PeerAddress> at,
            ActorRef<ConnectionNotice> connection,
            ActorRef<ModernUser.SignInAnswer> replyTo) {}

    record SignedOut(UserName user) {}

    record Collection(UserName user, long after, ActorRef<Mailbox.Collected> collector) {}

    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();

    <T> T sees(Class<T> what) throws InterruptedException {
        var next = seen.poll(5, TimeUnit.SECONDS);
        assertThat(next).isInstanceOf(what);
        return what.cast(next);
    }

    void seesNothing() throws InterruptedException {
        assertThat(seen.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    /** Nothing comes for a while. */
    boolean isIdle() throws InterruptedException {
        var next = seen.poll(500, TimeUnit.MILLISECONDS);
        if (next != null) seen.add(next);
        return next == null;
    }

    @Override
    public CompletionStage<Reply> answer(Request request, Asker asker) {
        var question = new Question(request, asker, new CompletableFuture<>());
        seen.add(question);
        return question.answer;
    }

    @Override
    public void signIn(
            UserName user,
            IdentityKey shown,
            Optional<PeerAddress> at,
            ActorRef<ConnectionNotice> connection,
            ActorRef<ModernUser.SignInAnswer> replyTo) {
        seen.add(new SigningIn(user, shown, at, connection, replyTo));
    }

    @Override
    public void signOut(UserName user, ActorRef<ConnectionNotice> connection) {
        seen.add(new SignedOut(user));
    }

    @Override
    public void collect(UserName user, long after, ActorRef<Mailbox.Collected> collector) {
        seen.add(new Collection(user, after, collector));
    }
}
