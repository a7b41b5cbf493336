package parley.peer.lookup.relay;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.io.TcpSO;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.AsPublisher;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import parley.channel.Channel;
import parley.channel.Credentials;
import parley.channel.Expected;
import parley.messages.directory.RelayCall;
import parley.messages.identity.IdentityKey;
import parley.messages.settings.Endpoint;

/** Reaches the relay of one registry. Safe for threads. */
public final class RelayDial {
    /** Elements between a relayed connection and whoever runs it: each may have 64 KiB. */
    private static final int ELEMENTS_BETWEEN = 2;

    private final ActorSystem<?> system;
    private final Endpoint registry;
    private final BidiFlow<ByteString, ByteString, ByteString, ByteString, CompletionStage<IdentityKey>> channel;
    private final RelaySettings settings;

    /**
     * @param registry where it listens for peers
     * @param pin the only key that it may show
     * @param own the key that our chain names for {@code tls}, now
     */
    public static RelayDial create(
            ActorSystem<?> system, Endpoint registry, IdentityKey pin, Credentials own, RelaySettings settings) {
        return new RelayDial(system, registry, pin, own, settings);
    }

    private RelayDial(
            ActorSystem<?> system, Endpoint registry, IdentityKey pin, Credentials own, RelaySettings settings) {
        this.system = system;
        this.registry = registry;
        this.channel = Channel.client(own, new Expected.Exactly(pin), Channel.RELAY);
        this.settings = settings;
    }

    /** Connects, and waits until the other one has called with our name and the same token. */
    public Attempt call(RelayCall call) {
        Flow<ByteString, ByteString, CompletionStage<Tcp.OutgoingConnection>> connection =
                channel.join(tcp(), Keep.right());
        var ends = Source.<ByteString>asSubscriber()
                .viaMat(
                        BidiFlow.fromGraph(new CallStage("The registry at " + registry, call, settings))
                                .join(connection, Waiting::new),
                        Keep.both())
                .toMat(
                        Sink.asPublisher(AsPublisher.WITHOUT_FANOUT),
                        (left, publisher) -> new Ends(left.first(), left.second(), publisher))
                .withAttributes(Attributes.inputBuffer(1, ELEMENTS_BETWEEN))
                .run(system);
        return new Attempt(ends.outcome(), ends::giveUp);
    }

    private Flow<ByteString, ByteString, CompletionStage<Tcp.OutgoingConnection>> tcp() {
        return Tcp.get(system)
                .outgoingConnection(
                        InetSocketAddress.createUnresolved(registry.host(), registry.port()),
                        Optional.empty(),
                        List.of(TcpSO.keepAlive(true), TcpSO.tcpNoDelay(true)),
                        true,
                        Optional.of(settings.handshakeTimeout()),
                        Optional.empty());
    }

    private record Waiting(CallStage.Call call, CompletionStage<Tcp.OutgoingConnection> connection) {}

    private record Ends(Subscriber<ByteString> in, Waiting waiting, Publisher<ByteString> out) {
        CompletionStage<Outcome> outcome() {
            return waiting.call().answered().thenApply(answer -> switch (answer) {
                case CallStage.Joined joined -> new Outcome.Relayed(connection());
                case CallStage.Refused(var code, var text) -> new Outcome.NotRelayed(code, text);
            });
        }

        private Flow<ByteString, ByteString, NotUsed> connection() {
            return Flow.fromSinkAndSourceCoupled(Sink.fromSubscriber(in), Source.fromPublisher(out));
        }

        /** Not while it is being dialled: Pekko's TCP takes a goodbye in that moment for a fault of its own, and logs it. */
        void giveUp() {
            waiting.connection().whenComplete((here, failure) -> waiting.call().giveUp());
        }
    }
}
