package parley.peer.lookup;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.io.TcpSO;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;

/**
 * One connection to the registry as a stream: what is offered goes out, what comes in goes to a function.
 *
 * @param opened our end of the connection, or why there is none
 * @param closed completes or fails when the connection is over, however it ended
 */
record RegistryWire(
        BoundedSourceQueue<ByteString> out, CompletionStage<InetSocketAddress> opened, CompletionStage<Done> closed) {
    /** Requests. Only one is ever out; the second place is for the goodbye behind it. */
    private static final int OUT_MAX = 2;

    static RegistryWire dial(
            ActorSystem<?> system, InetSocketAddress registry, LookupSettings settings, Consumer<ByteString> received) {
        Flow<ByteString, ByteString, CompletionStage<Tcp.OutgoingConnection>> connection = Tcp.get(system)
                .outgoingConnection(
                        // Resolved at each dialling, without blocking: a registry may have moved to another address.
                        InetSocketAddress.createUnresolved(registry.getHostString(), registry.getPort()),
                        Optional.empty(),
                        List.of(TcpSO.keepAlive(true), TcpSO.tcpNoDelay(true)),
                        false,
                        Optional.of(settings.connectTimeout()),
                        Optional.empty());
        return Source.<ByteString>queue(OUT_MAX)
                .viaMat(connection, Keep.both())
                .toMat(Sink.foreach(received::accept), RegistryWire::wire)
                .run(system);
    }

    /**
     * Our side is closed when what was offered is out. Not while it is being dialled: Pekko's TCP takes a goodbye in that
     * moment for a fault of its own, and logs it.
     */
    void hangUp() {
        opened.whenComplete((here, failure) -> finish());
    }

    private void finish() {
        if (out.isCompleted()) return;
        try {
            out.complete();
        } catch (IllegalStateException meanwhile) {
            // The registry closed between our look and our word; that is what we wanted.
        }
    }

    private static RegistryWire wire(
            Pair<BoundedSourceQueue<ByteString>, CompletionStage<Tcp.OutgoingConnection>> ends,
            CompletionStage<Done> closed) {
        return new RegistryWire(ends.first(), ends.second().thenApply(Tcp.OutgoingConnection::localAddress), closed);
    }
}
