package parley.bench;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import parley.channel.Channel;
import parley.channel.Credentials;
import parley.channel.Expected;
import parley.messages.directory.LineFramer;

/** One connection to a modern registry that asks line by line and is answered in order. */
final class GateClient implements AutoCloseable {
    private static final int QUEUE = 256;

    private final SourceQueueWithComplete<ByteString> out;
    private final LineFramer framer = new LineFramer();
    private final Queue<CompletableFuture<String>> asked = new ArrayDeque<>();
    private final CompletableFuture<String> hello = new CompletableFuture<>();

    /** @param host and {@code port} of the gate; whoever answers there is believed */
    static CompletionStage<GateClient> connect(ActorSystem<?> system, String host, int port, Credentials credentials) {
        Pair<SourceQueueWithComplete<ByteString>, Source<ByteString, NotUsed>> queue =
                Source.<ByteString>queue(QUEUE, OverflowStrategy.fail()).preMaterialize(system);
        var client = new GateClient(queue.first());
        var logic = Flow.fromSinkAndSourceCoupled(Sink.foreach(client::received), queue.second());
        return Channel.client(credentials, new Expected.Anybody(), Channel.TO_REGISTRY)
                .join(Tcp.get(system).outgoingConnection(host, port), Keep.left())
                .joinMat(logic, Keep.left())
                .run(system)
                .thenApply(key -> client);
    }

    private GateClient(SourceQueueWithComplete<ByteString> out) {
        this.out = out;
    }

    /** How the registry greets. */
    CompletionStage<String> hello() {
        return hello;
    }

    /** @param request without its tag */
    synchronized CompletionStage<String> ask(String request) {
        var answer = new CompletableFuture<String>();
        asked.add(answer);
        out.offer(ByteString.fromString("t " + request + "\n"));
        return answer;
    }

    private synchronized void received(ByteString bytes) {
        framer.add(bytes);
        for (var line = framer.next(); line != null; line = framer.next()) {
            var text = line.utf8String();
            if (text.startsWith("* hello ")) hello.complete(text);
            if (text.startsWith("*")) continue;
            var answer = asked.remove();
            if (text.startsWith("t ok")) answer.complete(text);
            else answer.completeExceptionally(new IllegalStateException(text));
        }
    }

    @Override
    public void close() {
        out.complete();
    }
}
