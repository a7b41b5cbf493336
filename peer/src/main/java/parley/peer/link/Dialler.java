package parley.peer.link;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Keep;
import parley.messages.classic.PeerMessage.PublicValue;
import parley.messages.name.Address;
import parley.peer.link.socket.Sockets;

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
        var connection = Sockets.dial(new InetSocketAddress(to.host(), to.port()), settings.dialTimeout());
        var link = switch (message) {
            case Outgoing.Text text -> connection.joinMat(new SendingText(settings, own, text), Keep.right());
            case Outgoing.File file -> connection.joinMat(new SendingFile(settings, own, file), Keep.right());
        };
        return link.withAttributes(Sockets.ON_LOOP).run(system);
    }

    /**
     * The pieces of one text, one link after the other. The first that isn't delivered ends it and is the answer.
     *
     * @param pieces at least one
     */
    public CompletionStage<Delivery> send(Address to, List<Outgoing.Text> pieces) {
        var first = send(to, pieces.getFirst());
        if (pieces.size() == 1) return first;
        return first.thenCompose(delivery -> switch (delivery) {
            case Delivery.Delivered delivered -> send(to, pieces.subList(1, pieces.size()));
            case Delivery.Unreachable unreachable -> first;
            case Delivery.Broken broken -> first;
        });
    }
}
