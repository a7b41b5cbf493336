package parley.peer.modern;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import parley.channel.Credentials;
import parley.messages.identity.IdentityKey;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.group.GroupDesk;
import parley.peer.lookup.directory.Directory;

/** How one gets a connection to the registry of the settings. */
final class Calling {
    static Behavior<Directory.Command> registry(
            ModernSettings settings, Optional<IdentityKey> pin, SigningKey tls, ActorRef<Directory.Change> owner) {
        return Directory.create(
                settings.registry(), pin, credentials(tls), settings.directory(), RandomGenerator.getDefault(), owner);
    }

    static Credentials credentials(SigningKey tls) {
        return Credentials.of(tls.secret().unsafeBytes());
    }

    static Inquiry inquiry(ActorRef<Directory.Command> directory, ActorSystem<?> system, ModernSettings settings) {
        // The directory's own patience ends first, and it knows better why.
        return new Inquiry(
                directory, system, settings.directory().answerTimeout().multipliedBy(3));
    }

    static GroupDesk groupDesk(Inquiry inquiry) {
        return request -> inquiry.ask(request).thenApply(outcome -> switch (outcome) {
            case Inquiry.Answered(var reply) -> new GroupDesk.Answered(reply);
            case Inquiry.Refused(var code, var why) -> new GroupDesk.Refused(code, why);
            case Inquiry.Unreachable(var why) -> new GroupDesk.Unreachable(why);
        });
    }

    private Calling() {}
}
