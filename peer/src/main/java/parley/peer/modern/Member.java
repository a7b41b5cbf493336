package parley.peer.modern;

import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import parley.messages.identity.KeyChain;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.peer.contact.ContactCommand;
import parley.peer.contact.Standing;
import parley.peer.contact.Trust;
import parley.peer.delivery.Delivery;

/**
 * One contact of the account that is signed in.
 *
 * @param writer is told, in order, what becomes of texts to them
 * @param chain the one that is believed; none before any was seen
 * @param online whether the registry says that the contact is there; it says so of those who accepted us
 * @param at where links are accepted, as the registry says
 * @param linked whether there is a direct link
 */
record Member(
        UserName name,
        ActorRef<ContactCommand.Outcome> writer,
        ActorRef<ContactCommand> cipher,
        ActorRef<Delivery.Command> delivery,
        Standing standing,
        Trust trust,
        Optional<KeyChain> chain,
        boolean online,
        Optional<PeerAddress> at,
        boolean linked) {

    static Member met(
            UserName name,
            ActorRef<ContactCommand.Outcome> writer,
            ActorRef<ContactCommand> cipher,
            ActorRef<Delivery.Command> delivery) {
        return new Member(
                name,
                writer,
                cipher,
                delivery,
                Standing.STRANGER,
                Trust.PINNED,
                Optional.empty(),
                false,
                Optional.empty(),
                false);
    }

    Member known(Standing now, Trust trusted, Optional<KeyChain> believed) {
        return new Member(name, writer, cipher, delivery, now, trusted, believed, online, at, linked);
    }

    Member online(boolean there, Optional<PeerAddress> where) {
        return new Member(name, writer, cipher, delivery, standing, trust, chain, there, where, linked);
    }

    Member linked(boolean up) {
        return new Member(name, writer, cipher, delivery, standing, trust, chain, online, at, up);
    }

    /** Where a direct link leads, for people; empty if there is none. */
    Optional<String> route() {
        return linked ? Optional.of(at.map(PeerAddress::toString).orElse("their call")) : Optional.empty();
    }

    /** Whether presence, receipts and links are for them. */
    boolean isFriend() {
        return standing == Standing.ACCEPTED
                && (trust == Trust.PINNED || trust == Trust.VERIFIED || trust == Trust.CHANGED);
    }
}
