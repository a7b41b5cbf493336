package parley.peer.delivery;

import java.util.concurrent.CompletionStage;
import parley.messages.name.PeerAddress;
import parley.messages.wire.Envelope;

/** The ways to one contact. */
public interface Paths {
    /** What the registry says to an envelope for the contact's mailbox. */
    sealed interface Deposit {}

    /** It is on disk. */
    record Kept() implements Deposit {}

    /** Not now; worth trying again. */
    record Later(String why) implements Deposit {}

    /** Never: there is no such account, or its identity has ended. */
    record Never(String why) implements Deposit {}

    /** Opens a link; that it is there is told otherwise. Asked again while one is being opened, it does nothing. */
    void dial(PeerAddress address);

    /** On that link, in order; lost if it serves no longer. */
    void send(int link, Envelope envelope);

    /** Never fails as a stage. */
    CompletionStage<Deposit> deposit(Envelope envelope);
}
