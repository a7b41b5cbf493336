package parley.registry.gate.modern;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.io.Inet;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.channel.Channel;
import parley.channel.Credentials;
import parley.channel.Expected;
import parley.messages.directory.Push;
import parley.registry.gate.Door;
import parley.registry.gate.KeepAlive;
import parley.registry.gate.relay.RelayGate;

/**
 * Listens for modern peers.
 *
 * <pre>
 *   listening --service-unbind--&gt; unbound --service-requests-done--&gt; drained
 * </pre>
 *
 * The arrows are phases of Pekko's coordinated shutdown, which SIGTERM and Ctrl-C start.
 */
public final class ModernGate {
    /** Connections that the kernel keeps for us while we are busy; it cuts this to its own limit. */
    private static final int BACKLOG = 1024;

    private static final Logger log = LoggerFactory.getLogger(ModernGate.class);

    private final ActorSystem<?> system;
    private final ModernDesk desk;
    private final ModernLimits limits;
    private final Push.Hello hello;
    private final RelayGate relay;
    private final BidiFlow<ByteString, ByteString, ByteString, ByteString, CompletionStage<Channel.Met>> channel;
    private final Door door;

    private ModernGate(
            ActorSystem<?> system,
            ModernDesk desk,
            ModernLimits limits,
            Push.Hello hello,
            RelayGate relay,
            Credentials own) {
        this.system = system;
        this.desk = desk;
        this.limits = limits;
        this.hello = hello;
        this.relay = relay;
        // What a key may do follows from who signs in with it.
        this.channel = Channel.server(own, new Expected.Anybody(), List.of(Channel.TO_REGISTRY, Channel.RELAY));
        this.door = new Door(limits.strangers(), limits.strangersNearby(), limits.connections());
    }

    /** Takes half a second the first time, while TLS is loaded. */
    public static ModernGate create(
            ActorSystem<?> system,
            ModernDesk desk,
            ModernLimits limits,
            Push.Hello hello,
            RelayGate relay,
            Credentials own) {
        return new ModernGate(system, desk, limits, hello, relay, own);
    }

    /**
     * Opens the gate and sees to it that it is closed with the system.
     *
     * @return where it listens, which for port 0 is news; fails if it cannot
     */
    public CompletionStage<InetSocketAddress> open(InetSocketAddress at) {
        List<Inet.SocketOption> options = List.of(new KeepAlive());
        return Tcp.get(system)
                .bind(at.getHostString(), at.getPort(), BACKLOG, options, true, Optional.empty())
                .to(Sink.foreach(this::arrived))
                .run(system)
                .thenApply(binding -> {
                    closeWithTheSystem(binding);
                    return binding.localAddress();
                });
    }

    private void arrived(Tcp.IncomingConnection connection) {
        var from = connection.remoteAddress().getAddress();
        var visit = door.admit(from);
        try {
            if (visit.isEmpty()) {
                log.debug("turned away {}", from.getHostAddress());
                connection.handleWith(turnedAway(), system);
            } else {
                connection.handleWith(served(visit.get()), system);
            }
        } catch (IllegalStateException stopping) {
            // Streams can't start any more. Thrown on, it would end the listener before it is unbound in order.
            visit.ifPresent(Door.Visit::over);
        }
    }

    private Flow<ByteString, ByteString, NotUsed> served(Door.Visit visit) {
        return Flow.fromGraph(new ConnectionStage(desk, limits, hello, visit, relay))
                .joinMat(channel, (shown, theirs) -> {
                    theirs.thenAccept(shown::complete);
                    return NotUsed.getInstance();
                });
    }

    /** Closed without a word: a handshake that tells why would be what there is too little room for. */
    private static Flow<ByteString, ByteString, NotUsed> turnedAway() {
        return Flow.fromSinkAndSource(Sink.cancelled(), Source.empty());
    }

    private void closeWithTheSystem(Tcp.ServerBinding binding) {
        var shutdown = CoordinatedShutdown.get(system);
        shutdown.addTask(
                CoordinatedShutdown.PhaseServiceUnbind(),
                "close the modern gate",
                () -> binding.unbind().thenApply(unbound -> Done.getInstance()));
        shutdown.addTask(CoordinatedShutdown.PhaseServiceRequestsDone(), "drain the modern gate", door::drain);
    }
}
