package parley.peer.link;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import parley.messages.classic.PeerMessage.PublicValue;

/** Accepts links from other peers, each of which is a {@link Receiving}, within the limits of the settings. */
public final class Listener {
    /**
     * Binds and accepts until {@link #close}. The stage fails if the address cannot be had.
     *
     * @param port 0 for any
     * @param own shown to contacts in the key agreement
     */
    public static CompletionStage<Listener> bind(
            ActorSystem<?> system, LinkSettings settings, String host, int port, PublicValue own, Inbox inbox) {
        return java.util.concurrent.CompletableFuture.failedFuture(new UnsupportedOperationException("" + system + settings + host + port + own + inbox));
    }

    private final InetSocketAddress bound;

    Listener(InetSocketAddress bound) {
        this.bound = bound;
    }

    /** Where it really listens. */
    public InetSocketAddress address() {
        return bound;
    }

    /** Accepts no more, lets the links that are open finish within the drain timeout, aborts the rest. */
    public CompletionStage<Done> close() {
        return java.util.concurrent.CompletableFuture.failedFuture(new UnsupportedOperationException("" + bound));
    }
}
