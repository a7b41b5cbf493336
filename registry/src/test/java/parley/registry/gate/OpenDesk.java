package parley.registry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import parley.messages.classic.Reply;
import parley.messages.classic.Request;
import parley.messages.name.UserName;
import parley.registry.user.ConnectionNotice;
import parley.registry.user.UserRegistry;

/** An {@link EchoDesk} that can be told to leave the answering to the test. */
final class OpenDesk extends EchoDesk {
    record Asked(Request request, CompletableFuture<Reply> answer) {}

    record Sought(UserName user, ActorRef<UserRegistry.WhereIsAnswer> replyTo) {}

    record SigningIn(
            Request.SignIn request,
            String source,
            ActorRef<ConnectionNotice> connection,
            ActorRef<UserRegistry.SignInAnswer> replyTo) {}

    record SignedOut(UserName user, ActorRef<ConnectionNotice> connection) {}

    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    private volatile boolean silent;

    /** From now on the test answers. */
    void fallSilent() {
        silent = true;
    }

    <T> T sees(Class<T> what) throws InterruptedException {
        var next = seen.poll(5, TimeUnit.SECONDS);
        assertThat(next).isInstanceOf(what);
        return what.cast(next);
    }

    void seesNothing() throws InterruptedException {
        assertThat(seen.poll(50, TimeUnit.MILLISECONDS)).isNull();
    }

    @Override
    public CompletionStage<Reply> answer(Request request, @Nullable UserName asker) {
        if (!silent) return super.answer(request, asker);
        var asked = new Asked(request, new CompletableFuture<>());
        seen.add(asked);
        return asked.answer;
    }

    @Override
    public void whereIs(UserName user, ActorRef<UserRegistry.WhereIsAnswer> replyTo) {
        if (silent) seen.add(new Sought(user, replyTo));
        else super.whereIs(user, replyTo);
    }

    @Override
    public void signIn(
            Request.SignIn request,
            String source,
            ActorRef<ConnectionNotice> connection,
            ActorRef<UserRegistry.SignInAnswer> replyTo) {
        seen.add(new SigningIn(request, source, connection, replyTo));
        if (!silent) super.signIn(request, source, connection, replyTo);
    }

    @Override
    public void signOut(UserName user, ActorRef<ConnectionNotice> connection) {
        seen.add(new SignedOut(user, connection));
    }
}
