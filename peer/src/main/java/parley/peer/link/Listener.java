package parley.peer.link;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import parley.messages.classic.PeerMessage.PublicValue;
import parley.peer.link.socket.Sockets;

/**
 * Accepts links from other peers, each of which is a {@link Receiving}, within the limits of the settings.
 *
 * <pre>
 *   bound --close--> draining --the last link ends, or the drain timeout aborts it--> closed
 * </pre>
 */
public final class Listener {
    /**
     * Binds and accepts until {@link #close}. The stage fails if the address cannot be had.
     *
     * @param port 0 for any
     * @param own shown to contacts in the key agreement
     */
    public static CompletionStage<Listener> bind(
            ActorSystem<?> system, LinkSettings settings, String host, int port, PublicValue own, Inbox inbox) {
        var doorway = new Doorway(system, settings, own, inbox);
        return Sockets.accept(new InetSocketAddress(host, port))
                .to(Sink.foreach(doorway::enter))
                .withAttributes(Sockets.ON_LOOP)
                .run(system)
                .thenApply(binding -> new Listener(binding, doorway));
    }

    private final Sockets.Binding binding;
    private final Doorway doorway;

    private Listener(Sockets.Binding binding, Doorway doorway) {
        this.binding = binding;
        this.doorway = doorway;
    }

    /** Where it really listens. */
    public InetSocketAddress address() {
        return binding.local();
    }

    /** Accepts no more, lets the links that are open finish within the drain timeout, aborts the rest. */
    public CompletionStage<Done> close() {
        return binding.unbind().thenCompose(unbound -> doorway.drained());
    }

    /** Where each connection is let in or sent away. */
    private record Doorway(
            ActorSystem<?> system,
            LinkSettings settings,
            PublicValue own,
            Inbox inbox,
            Admission admission,
            SharedKillSwitch links) {
        Doorway(ActorSystem<?> system, LinkSettings settings, PublicValue own, Inbox inbox) {
            this(system, settings, own, inbox, new Admission(settings), KillSwitches.shared("links"));
        }

        void enter(Sockets.Incoming connection) {
            var from = connection.remote();
            var refusal = admission.refusal(from.getAddress());
            if (refusal.isPresent()) {
                inbox.dropped(new Inbox.Dropped(from, Optional.empty(), refusal.get(), false));
                connection
                        .flow()
                        .join(aborting(refusal.get()))
                        .withAttributes(Sockets.ON_LOOP)
                        .run(system);
                return;
            }
            connection
                    .flow()
                    .via(links.<ByteString>flow())
                    .joinMat(new Receiving(settings, from, own, inbox), Keep.right())
                    .withAttributes(Sockets.ON_LOOP)
                    .run(system)
                    .thenRun(() -> admission.left(from.getAddress()));
        }

        CompletionStage<Done> drained() {
            var empty = admission.close();
            var late = system.scheduler()
                    .scheduleOnce(
                            settings.drainTimeout(),
                            () -> links.abort(new LinkAborted("we are closing")),
                            system.executionContext());
            return empty.whenComplete((done, never) -> late.cancel());
        }

        private static Flow<ByteString, ByteString, NotUsed> aborting(String why) {
            return Flow.fromSinkAndSource(Sink.cancelled(), Source.failed(new LinkAborted(why)));
        }
    }
}
