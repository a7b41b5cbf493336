package parley.peer.session;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Scheduler;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.util.ByteString;
import parley.messages.classic.PeerMessage.PublicValue;
import parley.messages.classic.Sealed;
import parley.peer.cipher.ContactCipher;
import parley.peer.cipher.GroupCipher;
import parley.peer.cipher.Opening;
import parley.peer.cipher.Sealing;

/**
 * What is introduced to a link: the two things that a cipher actor does, without the actor. A refusal fails the stage
 * with {@link NotDelivered} and its reason. It is lent: {@link #giveBack} must follow, once.
 */
sealed interface Cipher {
    /** How long a cipher may take. A batch takes a millisecond; a group's key takes an answer of the registry. */
    Duration PATIENCE = Duration.ofSeconds(20);

    /** @param theirs what the contact showed on this link; empty for a group */
    CompletionStage<List<Sealed>> seal(Optional<PublicValue> theirs, List<ByteString> plain);

    /** @param theirs what the contact showed on this link; empty for a group */
    CompletionStage<List<ByteString>> open(Optional<PublicValue> theirs, List<Sealed> sealed);

    /** It may be stopped from now on. Safe for threads. */
    void giveBack();

    record OfContact(ActorRef<ContactCipher.Command> actor, Scheduler scheduler, Runnable back) implements Cipher {
        @Override
        public CompletionStage<List<Sealed>> seal(Optional<PublicValue> theirs, List<ByteString> plain) {
            var value = theirs.orElseThrow();
            CompletionStage<Sealing> asked = AskPattern.ask(
                    actor, replyTo -> new ContactCipher.Seal(value, plain, replyTo), PATIENCE, scheduler);
            return asked.exceptionally(late -> new Sealing.Refused(LATE)).thenApply(Cipher::sealed);
        }

        @Override
        public CompletionStage<List<ByteString>> open(Optional<PublicValue> theirs, List<Sealed> sealed) {
            var value = theirs.orElseThrow();
            CompletionStage<Opening> asked = AskPattern.ask(
                    actor, replyTo -> new ContactCipher.Open(value, sealed, replyTo), PATIENCE, scheduler);
            return asked.exceptionally(late -> new Opening.Refused(LATE)).thenApply(Cipher::opened);
        }

        @Override
        public void giveBack() {
            back.run();
        }
    }

    record OfGroup(ActorRef<GroupCipher.Command> actor, Scheduler scheduler, Runnable back) implements Cipher {
        @Override
        public CompletionStage<List<Sealed>> seal(Optional<PublicValue> theirs, List<ByteString> plain) {
            CompletionStage<Sealing> asked =
                    AskPattern.ask(actor, replyTo -> new GroupCipher.Seal(plain, replyTo), PATIENCE, scheduler);
            return asked.exceptionally(late -> new Sealing.Refused(LATE)).thenApply(Cipher::sealed);
        }

        @Override
        public CompletionStage<List<ByteString>> open(Optional<PublicValue> theirs, List<Sealed> sealed) {
            CompletionStage<Opening> asked =
                    AskPattern.ask(actor, replyTo -> new GroupCipher.Open(sealed, replyTo), PATIENCE, scheduler);
            return asked.exceptionally(late -> new Opening.Refused(LATE)).thenApply(Cipher::opened);
        }

        @Override
        public void giveBack() {
            back.run();
        }
    }

    /** What the ask's own failure says names actors. */
    String LATE = "our own cipher did not answer";

    private static List<Sealed> sealed(Sealing answer) {
        return switch (answer) {
            case Sealing.Done(var chunks) -> chunks;
            case Sealing.Refused(var why) -> throw new NotDelivered(why);
        };
    }

    private static List<ByteString> opened(Opening answer) {
        return switch (answer) {
            case Opening.Done(var chunks) -> chunks;
            case Opening.Refused(var why) -> throw new NotDelivered(why);
        };
    }
}
