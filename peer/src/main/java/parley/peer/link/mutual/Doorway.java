package parley.peer.link.mutual;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.channel.Channel;
import parley.channel.Expected;
import parley.messages.identity.IdentityKey;
import parley.messages.name.PeerAddress;
import parley.messages.wire.Frame;
import parley.peer.link.socket.Sockets;

/**
 * Where connections begin, both ways: socket, channel and stage are put together and run.
 *
 * @param materializer of the actor whose links these are: they end with it
 * @param others gets what comes in and does not begin as TLS does; nobody does if there is none
 */
record Doorway(
        Materializer materializer,
        LinksSettings settings,
        HalfOpen halfOpen,
        ActorRef<? super Links.Change> owner,
        Optional<Consumer<Sockets.Incoming>> others) {
    /** The first byte of every TLS connection: RFC 8446 §5.1. */
    private static final int TLS_HANDSHAKE = 22;

    private static final Logger LOG = LoggerFactory.getLogger("parley.peer.link.mutual");

    /**
     * Accepts until it is unbound. Whoever may not come in is sent away here: a flood reaches nobody else.
     *
     * @param incoming gets each that may; {@link #left} must follow
     */
    CompletionStage<Sockets.Binding> bind(InetSocketAddress at, Consumer<Sockets.Incoming> incoming) {
        return Sockets.accept(at)
                .to(Sink.foreach(connection -> {
                    var refusal = halfOpen.refusal(connection.remote().getAddress());
                    if (refusal.isEmpty()) sort(connection, incoming);
                    else refuse(connection, refusal.get());
                }))
                .withAttributes(Sockets.ON_LOOP)
                .run(materializer);
    }

    /** By its first byte, which may be long in coming. */
    private void sort(Sockets.Incoming connection, Consumer<Sockets.Incoming> incoming) {
        var late = materializer
                .system()
                .scheduler()
                .scheduleOnce(
                        settings.handshakeTimeout(),
                        () -> connection.first().giveUp(),
                        materializer.executionContext());
        connection.first().await(first -> {
            late.cancel();
            if (first == TLS_HANDSHAKE) {
                incoming.accept(connection);
                return;
            }
            if (first >= 0 && others.isPresent()) {
                others.get().accept(halfOpenUntilAnswered(connection));
                return;
            }
            left(connection.remote().getAddress());
            if (first >= 0) refuse(connection, "it is no TLS");
        });
    }

    /** Whoever takes it answers nobody who has not greeted as he should: until then, or its end, it counts. */
    private Sockets.Incoming halfOpenUntilAnswered(Sockets.Incoming connection) {
        var counts = new AtomicBoolean(true);
        Runnable counted = () -> {
            if (counts.getAndSet(false)) left(connection.remote().getAddress());
        };
        var flow = Flow.of(ByteString.class)
                .map(answer -> {
                    counted.run();
                    return answer;
                })
                .via(connection.flow())
                .watchTermination((socket, over) -> {
                    over.whenComplete((done, broken) -> counted.run());
                    return socket;
                });
        return new Sockets.Incoming(connection.remote(), flow, connection.first());
    }

    /** One that came in has greeted, or is gone. */
    void left(InetAddress from) {
        halfOpen.left(from);
    }

    /** Any key will do for TLS: whose it must be follows from the name in their greeting. */
    LinkPort accept(Entrance entrance, Sockets.Incoming connection, Consumer<LinkStage.Event> events) {
        return run(entrance.join(connection.flow()), List.of(), events);
    }

    /** What everybody who comes in passes; one for all of them, because each holds our credentials. */
    record Entrance(BidiFlow<ByteString, ByteString, ByteString, ByteString, CompletionStage<IdentityKey>> channel) {
        static Entrance of(Own own) {
            return new Entrance(Channel.server(own.credentials(), new Expected.Anybody(), Channel.LINK));
        }

        Flow<ByteString, ByteString, CompletionStage<IdentityKey>> join(Flow<ByteString, ByteString, NotUsed> socket) {
            return channel.join(socket);
        }
    }

    LinkPort dial(Own own, Contact contact, PeerAddress at, Consumer<LinkStage.Event> events) {
        var channel = Channel.client(own.credentials(), new Expected.Exactly(contact.tls()), Channel.LINK);
        var socket = Sockets.dial(at.toSocketAddress(), settings.handshakeTimeout());
        return run(channel.join(socket), List.of(own.hello(contact.name())), events);
    }

    private LinkPort run(
            Flow<ByteString, ByteString, CompletionStage<IdentityKey>> channel,
            List<Frame> greeting,
            Consumer<LinkStage.Event> events) {
        var stage = new LinkStage(settings, greeting, events, owner);
        Pair<CompletionStage<IdentityKey>, LinkPort> running = channel.joinMat(Flow.fromGraph(stage), Keep.both())
                .withAttributes(Sockets.ON_LOOP)
                .run(materializer);
        var port = running.second();
        running.first().whenComplete((key, refused) -> {
            if (key != null) port.order(new LinkPort.Shown(key));
        });
        return port;
    }

    private void refuse(Sockets.Incoming connection, String why) {
        LOG.debug("a connection is refused: {}", why);
        Flow<ByteString, ByteString, NotUsed> abort =
                Flow.fromSinkAndSource(Sink.cancelled(), Source.failed(new IllegalStateException("refused: " + why)));
        connection.flow().join(abort).withAttributes(Sockets.ON_LOOP).run(materializer);
    }
}
