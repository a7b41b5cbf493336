package parley.peer.modern;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.messages.wire.Envelope;
import parley.messages.wire.MessageId;
import parley.messages.wire.Reason;
import parley.peer.link.mutual.Contact;
import parley.peer.link.mutual.Links;
import parley.peer.link.mutual.Own;

/**
 * The links, as a session uses them.
 *
 * <pre>
 *   binding --listening--&gt; settled, others can call us
 *           --cannot-----&gt; settled, nobody can; we call them
 * </pre>
 */
final class Wiring {
    private final ActorRef<Links.Command> links;
    private final Optional<PeerAddress> elsewhere;
    private boolean settled;
    private @Nullable PeerAddress at;

    /** @param elsewhere where we are called instead of where we listen, if it is not the same */
    Wiring(ActorRef<Links.Command> links, Optional<PeerAddress> elsewhere) {
        this.links = links;
        this.elsewhere = elsewhere;
    }

    /** Whether it is known if we listen, and where. */
    boolean isSettled() {
        return settled;
    }

    void listening(PeerAddress where) {
        settled = true;
        at = where;
    }

    void notListening() {
        settled = true;
    }

    /** Empty if nowhere. */
    Optional<PeerAddress> listeningAt() {
        return Optional.ofNullable(at);
    }

    /** What the registry tells those who may call; empty if nobody can. */
    Optional<PeerAddress> reachableAt() {
        return listeningAt().map(elsewhere::orElse);
    }

    void dial(UserName contact, PeerAddress address) {
        links.tell(new Links.Dial(contact, address));
    }

    void send(UserName contact, int link, Envelope envelope) {
        links.tell(new Links.Send(contact, link, envelope));
    }

    void acknowledge(UserName contact, MessageId id) {
        links.tell(new Links.Ack(contact, List.of(id)));
    }

    void refuse(UserName contact, MessageId id, Reason reason) {
        links.tell(new Links.Refuse(contact, id, reason));
    }

    void putOff(UserName contact, MessageId id) {
        links.tell(new Links.PutOff(contact, id));
    }

    void beginAnew(UserName contact) {
        links.tell(new Links.BeginAnew(contact));
    }

    /** Whether there may be links with this contact, and which key they show. */
    void know(Member member) {
        var known = member.chain()
                .filter(chain -> member.isFriend())
                .flatMap(chain -> chain.tls()
                        .map(tls -> new Contact(
                                member.name(),
                                chain.identity(),
                                tls,
                                chain.statements().size(),
                                chain.head())));
        links.tell(known.<Links.Command>map(Links.Know::new).orElseGet(() -> new Links.Forget(member.name())));
    }

    /** Our chain has grown. */
    void become(Own own) {
        links.tell(new Links.Become(own));
    }

    void close() {
        links.tell(new Links.Leave());
    }
}
