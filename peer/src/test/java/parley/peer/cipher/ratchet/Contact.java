package parley.peer.cipher.ratchet;

import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.Bundle;
import parley.messages.identity.OneTimePrekeys;
import parley.peer.cipher.agreement.Person;

/** A person with the sessions that he has with one other. */
final class Contact {
    final Person person;
    Sessions sessions = Sessions.none();
    long nowMillis = 1_000_000;

    Contact(String name, long seed) {
        person = new Person(name, seed);
    }

    void begins(Contact with) {
        begins(with.person.bundle(Optional.empty()));
    }

    void beginsOnce(Contact with, OneTimePrekeys oneTime) {
        begins(with.person.bundle(Optional.of(oneTime)));
    }

    private void begins(Bundle bundle) {
        sessions = switch (sessions.begin(person.own(), bundle, person.random)) {
            case Sessions.Started(var next) -> next;
            case Sessions.NotStarted(var why) -> throw new AssertionError("not started: " + why);
        };
    }

    ByteString seals(String text) {
        var step = sessions.seal(ByteString.fromString(text), person.random);
        sessions = step.next();
        return step.bytes();
    }

    /** The text, or the name of the refusal. */
    String opens(ByteString bytes, Contact from) {
        return switch (sessions.open(bytes, person.own(), from.person.chain(), nowMillis)) {
            case Opening.Opened(var next, var content, var began, var spent) -> {
                sessions = next;
                spent.ifPresent(person::forget);
                yield content.utf8String();
            }
            case Opening.Refused(var why) -> why.name();
        };
    }
}
