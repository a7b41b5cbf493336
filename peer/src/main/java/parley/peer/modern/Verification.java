package parley.peer.modern;

import org.apache.pekko.actor.typed.ActorRef;
import parley.messages.identity.KeyChain;
import parley.peer.cipher.identity.SafetyNumber;
import parley.peer.command.ModernInput;
import parley.peer.contact.ContactCommand;
import parley.peer.contact.ContactStatus;
import parley.peer.contact.Trust;
import parley.peer.talk.Happening;
import parley.peer.talk.ModernAnswer;

/** Compares what two people read to each other. */
record Verification(KeyChain own) {
    Happening answer(ModernInput.Verify input, ContactStatus status, ActorRef<ContactCommand> cipher) {
        var theirs = status.forked().or(status::chain);
        if (theirs.isEmpty())
            return failed(input, "Nothing is known of %s yet, expected a text to or from them".formatted(input.user()));
        if (status.forked().isPresent() && input.digits() != null)
            return failed(input, "%s has another identity: accept %s first".formatted(input.user(), input.user()));
        var digits = SafetyNumber.of(
                        own.registry(),
                        own.name(),
                        own.identity(),
                        theirs.get().name(),
                        theirs.get().identity())
                .digits();
        if (input.digits() == null) return done(input, digits, status.trust() == Trust.VERIFIED);
        if (!digits.equals(input.digits()))
            return failed(
                    input,
                    "These are not the digits of %s. If they were typed right, somebody is in between: don't write"
                            .formatted(input.user()));
        cipher.tell(new ContactCommand.SetVerified(true));
        return done(input, digits, true);
    }

    private static Happening done(ModernInput.Verify input, String digits, boolean verified) {
        return new Happening.Done(input.verb(), new ModernAnswer.Verification(input.user(), digits, verified));
    }

    private static Happening failed(ModernInput.Verify input, String why) {
        return new Happening.Failed(input.verb(), why);
    }
}
