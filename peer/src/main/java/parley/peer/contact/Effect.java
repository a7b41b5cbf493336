package parley.peer.contact;

import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.KeyChain;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.MessageId;
import parley.messages.wire.Reason;

/** What follows from something that is on disk; in the order in which it came to be. */
public sealed interface Effect permits Effect.Outward, News {
    UserName contact();

    /** What the owner does; {@link News} is what it shows. */
    sealed interface Outward extends Effect {}

    /**
     * On whatever path, as often as needed until {@link Withdraw}; of one id the last one counts.
     *
     * @param envelope encoded; docs/PROTOCOL.md §10
     * @param again whether these very bytes may have been sent before
     * @param inMailbox whether the registry has them already: then only a link is worth trying
     */
    record Transmit(UserName contact, MessageId id, ByteString envelope, boolean again, boolean inMailbox)
            implements Outward {
        @Override
        public String toString() {
            return "Transmit[%s, %s, %dB]".formatted(contact, id, envelope.size());
        }
    }

    /** No further attempt. */
    record Withdraw(UserName contact, MessageId id) implements Outward {}

    /** A chain and a one-time pair, if there is one: answered by {@code Bundle} or {@code NoBundle}. */
    record NeedBundle(UserName contact) implements Outward {}

    /** Answered by {@code ChainSeen} or {@code NoChain}. */
    record NeedChain(UserName contact) implements Outward {}

    /** It is on disk, or dropped for good: {@code ACK} on a link, {@code ack} to the registry. */
    record Acknowledge(UserName contact, MessageId id, Path path) implements Outward {}

    /** On a link only; what came from the mailbox is acknowledged and named in a {@code REPEAT}. */
    record Refuse(UserName contact, MessageId id, Reason reason) implements Outward {}

    /** It stays where it is, unanswered. */
    record Leave(UserName contact, MessageId id, Path path) implements Outward {}

    /** What was left can be answered now: collect anew. */
    record CollectAgain(UserName contact) implements Outward {}

    /**
     * It is in an {@link Inbox}, and stays there until whoever it is for deletes it. Comes once; what is there at the
     * start is to be read from the disk.
     */
    sealed interface Handed<C extends Content> extends Outward {
        /** Of the chain that was believed when it was opened. */
        IdentityKey identity();

        C content();
    }

    record ForGroup(UserName contact, IdentityKey identity, Content.InGroup content)
            implements Handed<Content.InGroup> {}

    record ForFiles(UserName contact, IdentityKey identity, Content.OfFile content) implements Handed<Content.OfFile> {}

    /** The offer of a file that goes in pieces, and all of them, are in the contact's mailbox. */
    record FileInMailbox(UserName contact, MessageId file) implements Outward {}

    /** An offer of a file, or a piece of it, will never be opened by that contact. */
    record GaveUpFile(UserName contact, MessageId file, String why) implements Outward {}

    /**
     * What links and presence go by. Said at the start and whenever it changes.
     *
     * @param chain the one that is believed; none before any was seen
     */
    record Known(UserName contact, Standing standing, Trust trust, Optional<KeyChain> chain) implements Outward {}
}
