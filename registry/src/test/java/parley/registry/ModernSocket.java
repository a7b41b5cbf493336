package parley.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.channel.Channel;
import parley.channel.Credentials;
import parley.channel.Expected;
import parley.messages.directory.FromRegistry;
import parley.messages.directory.LineFramer;
import parley.messages.directory.Push;
import parley.messages.directory.Reply;
import parley.messages.directory.ReplyCodec;
import parley.messages.directory.Request;
import parley.messages.directory.RequestCodec;
import parley.messages.directory.Tag;
import parley.messages.identity.IdentityKey;
import parley.messages.settings.Endpoint;

/** A modern peer's connection, over real TLS and TCP; blocks until what it waits for is there, or fails. */
public final class ModernSocket implements AutoCloseable {
    private static final long SECONDS_MAX = 10;
    private static final int WAITING_MAX = 1_000;

    private final SourceQueueWithComplete<ByteString> out;
    private final CompletionStage<Done> ended;
    private final Map<Tag, Request> asked = new HashMap<>();
    private final Map<Tag, Reply> answers = new LinkedHashMap<>();
    private final BlockingQueue<FromRegistry> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<Push> pushes = new LinkedBlockingQueue<>();
    private final LineFramer framer = new LineFramer();
    private final CompletionStage<IdentityKey> key;
    private int tags;

    public ModernSocket(ActorSystem system, Endpoint registry, ByteString tlsSeed, Expected expected) {
        var channel = Channel.client(Credentials.of(tlsSeed.toArray()), expected, Channel.TO_REGISTRY);
        var app = Flow.fromSinkAndSourceMat(
                Sink.foreach(this::received),
                Source.<ByteString>queue(WAITING_MAX, OverflowStrategy.fail()),
                Pair::create);
        var run = app.joinMat(channel, Pair::create)
                .joinMat(Tcp.get(system).outgoingConnection(registry.host(), registry.port()), Keep.left())
                .run(system);
        ended = run.first().first();
        out = run.first().second();
        key = run.second();
    }

    public CompletionStage<IdentityKey> key() {
        return key;
    }

    private synchronized void received(ByteString bytes) {
        framer.add(bytes);
        for (@Nullable ByteString line = framer.next(); line != null; line = framer.next()) {
            var read = ReplyCodec.decode(line, tag -> Optional.ofNullable(asked.remove(tag)));
            received.add(read);
        }
    }

    public synchronized Tag asks(Request request) {
        var tag = new Tag("t" + tags++);
        asked.put(tag, request);
        out.offer(RequestCodec.encode(tag, request));
        return tag;
    }

    public Reply ask(Request request) throws InterruptedException {
        return answerTo(asks(request));
    }

    public Reply answerTo(Tag tag) throws InterruptedException {
        while (!answers.containsKey(tag)) next();
        return Objects.requireNonNull(answers.remove(tag));
    }

    public Push push() throws InterruptedException {
        while (pushes.isEmpty()) next();
        return pushes.remove();
    }

    public void nothingIsPushed() throws InterruptedException {
        var next = received.poll(200, TimeUnit.MILLISECONDS);
        assertThat(next).isNull();
        assertThat(pushes).isEmpty();
    }

    private void next() throws InterruptedException {
        var next = received.poll(SECONDS_MAX, TimeUnit.SECONDS);
        assertThat(next).as("something from the registry").isNotNull();
        switch (next) {
            case FromRegistry.Answer(var tag, var reply) -> answers.put(tag, reply);
            case FromRegistry.Pushed(var push) -> pushes.add(push);
        }
    }

    /** The registry has closed, in order or not. */
    public void isClosed() {
        assertThat(ended.handle((done, failure) -> done == null ? failure : done))
                .succeedsWithin(java.time.Duration.ofSeconds(SECONDS_MAX));
    }

    @Override
    public void close() {
        out.complete();
    }
}
