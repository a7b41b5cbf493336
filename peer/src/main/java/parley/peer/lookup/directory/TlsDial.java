package parley.peer.lookup.directory;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.io.TcpSO;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import parley.channel.Channel;
import parley.channel.Credentials;
import parley.channel.Expected;
import parley.messages.identity.IdentityKey;
import parley.messages.settings.Endpoint;

/** Reaches a registry over TCP and TLS. Pekko's TCP, because it looks up host names without blocking. */
record TlsDial(ActorSystem<?> system, Endpoint registry, Credentials own, DirectorySettings settings)
        implements Wire.Dial {
    @Override
    public Wire dial(Optional<IdentityKey> pin, Consumer<Wire.Event> events) {
        Expected expected = pin.<Expected>map(Expected.Exactly::new).orElseGet(Expected.Anybody::new);
        Flow<ByteString, ByteString, StreamWire.Beginning> connection =
                Channel.client(own, expected, Channel.TO_REGISTRY).join(tcp(), this::beginning);
        return StreamWire.run(system, connection, events);
    }

    private Flow<ByteString, ByteString, CompletionStage<Tcp.OutgoingConnection>> tcp() {
        return Tcp.get(system)
                .outgoingConnection(
                        // Resolved at each dialling: a registry may have moved to another address.
                        InetSocketAddress.createUnresolved(registry.host(), registry.port()),
                        Optional.empty(),
                        List.of(TcpSO.keepAlive(true), TcpSO.tcpNoDelay(true)),
                        true,
                        Optional.of(settings.handshakeTimeout()),
                        Optional.empty());
    }

    /** Why there is no connection matters more than that there was no handshake over it. */
    private StreamWire.Beginning beginning(
            CompletionStage<IdentityKey> key, CompletionStage<Tcp.OutgoingConnection> connection) {
        var opened = connection.thenCompose(here -> key.toCompletableFuture()
                .copy()
                .orTimeout(settings.handshakeTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .thenApply(shown -> new Wire.Opened(shown, here.localAddress())));
        return new StreamWire.Beginning(connection, opened);
    }
}
