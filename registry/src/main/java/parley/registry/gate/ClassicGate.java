package parley.registry.gate;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.io.Inet;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.messages.classic.Reply;
import parley.messages.classic.ReplyCodec;

/**
 * Listens for classic clients.
 *
 * <pre>
 *   listening --service-unbind--&gt; unbound --service-requests-done--&gt; drained
 * </pre>
 *
 * The arrows are phases of Pekko's coordinated shutdown, which SIGTERM and Ctrl-C start.
 */
public final class ClassicGate {
    /** Connections that the kernel keeps for us while we are busy; it cuts this to its own limit. */
    private static final int BACKLOG = 1024;

    private static final ByteString FULL =
            ReplyCodec.encode(new Reply.Refused("Too many connections, sign in or try again later"));

    private static final Logger log = LoggerFactory.getLogger(ClassicGate.class);

    private final ActorSystem<?> system;
    private final Desk desk;
    private final GateLimits limits;
    private final Door door;

    private ClassicGate(ActorSystem<?> system, Desk desk, GateLimits limits) {
        this.system = system;
        this.desk = desk;
        this.limits = limits;
        this.door = new Door(limits.strangers(), limits.strangersNearby(), limits.connections());
    }

    /**
     * Opens the gate and sees to it that it is closed with the system.
     *
     * @return where it listens, which for port 0 is news; fails if it cannot
     */
    public static CompletionStage<InetSocketAddress> open(
            ActorSystem<?> system, Desk desk, GateLimits limits, InetSocketAddress at) {
        return new ClassicGate(system, desk, limits).listen(at);
    }

    private CompletionStage<InetSocketAddress> listen(InetSocketAddress at) {
        List<Inet.SocketOption> options = List.of(new KeepAlive());
        return Tcp.get(system)
                .bind(at.getHostString(), at.getPort(), BACKLOG, options, true, Optional.empty())
                .to(Sink.foreach(this::arrived))
                .run(system)
                .thenApply(binding -> {
                    closeWithTheSystem(binding);
                    warnIfOpen(binding.localAddress().getAddress());
                    return binding.localAddress();
                });
    }

    private void arrived(Tcp.IncomingConnection connection) {
        var from = connection.remoteAddress().getAddress();
        var visit = door.admit(from);
        try {
            connection.handleWith(
                    visit.map(admitted -> Flow.fromGraph(new GateStage(desk, limits, admitted)))
                            .orElseGet(() -> turnedAway(from)),
                    system);
        } catch (IllegalStateException stopping) {
            // Streams can't start any more. Thrown on, it would end the listener before it is unbound in order.
            visit.ifPresent(Door.Visit::over);
        }
    }

    /** One line, and closed: nothing is read, and nothing kept. */
    private static Flow<ByteString, ByteString, NotUsed> turnedAway(InetAddress from) {
        log.debug("turned away {}", from.getHostAddress());
        return Flow.fromSinkAndSource(Sink.cancelled(), Source.single(FULL));
    }

    private void closeWithTheSystem(Tcp.ServerBinding binding) {
        var shutdown = CoordinatedShutdown.get(system);
        shutdown.addTask(
                CoordinatedShutdown.PhaseServiceUnbind(),
                "close the classic gate",
                () -> binding.unbind().thenApply(unbound -> Done.getInstance()));
        shutdown.addTask(CoordinatedShutdown.PhaseServiceRequestsDone(), "drain the classic gate", door::drain);
    }

    private static void warnIfOpen(InetAddress at) {
        if (at.isLoopbackAddress()) return;
        log.warn(
                "The classic protocol is open to other machines on {}. Passwords and group keys cross in clear,"
                        + " nobody's name or address is authenticated, texts can be altered without notice.",
                at.getHostAddress());
    }
}
