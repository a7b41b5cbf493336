package parley.peer.contact;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.KeyChain;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.Envelope;
import parley.messages.wire.MessageId;
import parley.messages.wire.Reason;
import parley.peer.store.Change;

/** What a {@code ContactCipher} is told. None of them prints a text. */
public sealed interface ContactCommand {
    /** Answered when the text is safely in the outbox. */
    record Write(String text, ActorRef<? super Outcome> replyTo) implements ContactCommand {
        @Override
        public String toString() {
            return "Write[redacted]";
        }
    }

    /**
     * Something for this contact as a member of a group: neither his standing nor counters nor the history alter. What
     * is for an identity that the believed chain does not have, even when it was looked at anew, is given up: {@link
     * News.GaveUp}.
     *
     * @param to the identity that the group's log holds for him
     * @param with stored in the same commit, or not at all
     */
    record Enqueue(Content.InGroup content, IdentityKey to, List<Change> with, ActorRef<? super Enqueuing> replyTo)
            implements ContactCommand {
        public Enqueue {
            with = List.copyOf(with);
        }
    }

    /**
     * What is said of a file to this contact. His standing alters as by a text if {@code befriends}; neither counters nor
     * the history do.
     *
     * @param contents of one file, at least one; all of them are taken, or none
     * @param to the identity that a group's log holds for him; whoever he is, if he is meant himself
     * @param with stored in the same commit, or not at all
     */
    record Hand(
            List<Content.OfFile> contents,
            Optional<IdentityKey> to,
            boolean befriends,
            List<Change> with,
            ActorRef<? super Handing> replyTo)
            implements ContactCommand {
        /** @throws IllegalArgumentException if there is nothing to hand over */
        public Hand {
            if (contents.isEmpty()) throw new IllegalArgumentException("nothing to hand over");
            contents = List.copyOf(contents);
            with = List.copyOf(with);
        }

        public MessageId id() {
            return contents.getFirst().id();
        }
    }

    /**
     * His texts in groups that came, or were read: he is told, accepted or not. What came for a group that {@link
     * WantedGroups#saysReceipts} he is told anyway.
     */
    record SayReceipts(Content.Receipt.What what, List<MessageId> ids) implements ContactCommand {
        public SayReceipts {
            ids = List.copyOf(ids);
        }
    }

    /** Answered by {@link Effect.Acknowledge}, {@link Effect.Refuse} or {@link Effect.Leave}. */
    record Open(Envelope envelope, Path path) implements ContactCommand {}

    /** The registry has it on disk. */
    record Deposited(MessageId id) implements ContactCommand {}

    /** The contact has them on disk: {@code ACK} of a link. */
    record Acked(List<MessageId> ids) implements ContactCommand {}

    /** {@code REFUSED} of a link. */
    record RefusedBy(MessageId id, Reason reason) implements ContactCommand {}

    /** The mailbox takes it never, or not now; only the first ends its entry. */
    record NotDeposited(MessageId id, boolean never, String why) implements ContactCommand {}

    /** The answer to {@link Effect.NeedBundle}. The chain was verified and not yet held against what was seen. */
    record Bundle(KeyChain chain, Optional<OneTimePrekeys> pair) implements ContactCommand {}

    /** @param never whether there is no such account; else it is asked for again after a while */
    record NoBundle(boolean never, String why) implements ContactCommand {}

    /** The answer to {@link Effect.NeedChain}, or because somebody said that there is more of it. */
    record ChainSeen(KeyChain chain) implements ContactCommand {}

    /** What waited for it stays unanswered. */
    record NoChain() implements ContactCommand {}

    /** Shows what has waited; unblocks. */
    record Accept() implements ContactCommand {}

    /** Deletes what has waited and what will come. */
    record Block() implements ContactCommand {}

    /**
     * The identity that {@link Trust#FORKED} is about; the sessions with the one before are dropped.
     *
     * @param seen what the user was shown; another one is not accepted
     * @param replyTo whether it was this one
     */
    record AcceptIdentity(IdentityKey seen, ActorRef<? super Boolean> replyTo) implements ContactCommand {}

    /** Everything that was shown so far. */
    record MarkRead() implements ContactCommand {}

    /**
     * Its digits were compared.
     *
     * @param replyTo whether it is the contact's identity
     */
    record SetVerified(IdentityKey compared, ActorRef<? super Boolean> replyTo) implements ContactCommand {}

    /** Whether anything would be lost if he were forgotten. */
    record IsNeeded(ActorRef<? super Needed> replyTo) implements ContactCommand {}

    /** He is forgotten, after all that was said before. */
    record Leave() implements ContactCommand {}

    enum Needed {
        NO,
        /** Something is under way. */
        FOR_NOW,
        /** Something of him is on disk, or is to be. */
        YES
    }

    record Ask(ActorRef<? super ContactStatus> replyTo) implements ContactCommand {}

    /** What the actor tells itself; nobody else can. */
    sealed interface Inner extends ContactCommand
            permits ContactCipher.Loaded,
                    ContactCipher.NotRead,
                    ContactCipher.Looked,
                    ContactCipher.Stored,
                    ContactCipher.ReceiptsDue,
                    ContactCipher.RepeatDue,
                    ContactCipher.BundleDue,
                    ContactCipher.InboxDue,
                    ContactCipher.Counted {}

    /** The answer to {@link Write}. */
    sealed interface Outcome {}

    /** @param serial its place in the history, a cursor of {@code --since} */
    record Written(MessageId id, long serial) implements Outcome {}

    /** @param text for the user: what was found, what was expected, and the command that helps */
    record NotWritten(WhyNot why, String text) implements Outcome {}

    /** The answer to {@link Enqueue}, after its commit. */
    sealed interface Enqueuing {
        UserName contact();

        MessageId id();
    }

    record Enqueued(UserName contact, MessageId id) implements Enqueuing {}

    /** Nothing of it is stored. */
    record NotEnqueued(UserName contact, MessageId id, WhyNot why, String text) implements Enqueuing {}

    /** The answer to {@link Hand}, after its commit. */
    sealed interface Handing {
        UserName contact();

        /** Of the first content. */
        MessageId id();
    }

    record Handed(UserName contact, MessageId id) implements Handing {}

    /** Nothing of it is stored. */
    record NotHanded(UserName contact, MessageId id, WhyNot why, String text) implements Handing {}

    enum WhyNot {
        BLOCKED,
        IDENTITY_NOT_ACCEPTED,
        REVOKED,
        OUTBOX_FULL,
        TOO_LONG,
        NOT_TEXT,
        STORE_FAILED
    }
}
