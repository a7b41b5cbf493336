package parley.registry.user;

import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.Password;

public final class UserRegistry {
    public sealed interface Command {}

    /** Makes the account; does not sign in. */
    public record SignUp(Password password, ActorRef<SignUpAnswer> replyTo) implements Command {}

    /**
     * Makes the user online at {@code address} for as long as {@code connection} lives; whoever was online before is
     * told.
     *
     * @param source the IP address that the attempt came from, as text without a port
     */
    public record SignIn(
            Password password,
            Address address,
            String source,
            ActorRef<ConnectionNotice> connection,
            ActorRef<SignInAnswer> replyTo)
            implements Command {}

    /** The connection lives on but is this user no longer, as when it signs in as another. */
    public record SignOut(ActorRef<ConnectionNotice> connection) implements Command {}

    public record WhereIs(ActorRef<WhereIsAnswer> replyTo) implements Command {}

    /** From {@code GroupRegistry}, before it answers a join. Idempotent. */
    public record Enrol(GroupName group, ActorRef<Enrolled> replyTo) implements Command {}

    public record GroupsOf(ActorRef<Groups> replyTo) implements Command {}

    public sealed interface SignUpAnswer {}

    public record SignedUp() implements SignUpAnswer {}

    public record NameTaken() implements SignUpAnswer {}

    public sealed interface SignInAnswer {}

    public record SignedIn() implements SignInAnswer {}

    /** One answer for both, after the same work. */
    public record WrongNameOrPassword() implements SignInAnswer {}

    /** Nothing was compared; {@code pause} is whole seconds, at least one. */
    public record TooManyAttempts(Duration pause) implements SignInAnswer {}

    /** More passwords are waiting to be hashed than the registry keeps, or it could not look; worth trying again. */
    public record Busy() implements SignUpAnswer, SignInAnswer {}

    public sealed interface WhereIsAnswer {}

    public record At(Address address) implements WhereIsAnswer {}

    public record Offline() implements WhereIsAnswer {}

    public record NoSuchUser() implements WhereIsAnswer {}

    public record Enrolled() {}

    /** In the order of their names; may be empty. */
    public record Groups(List<GroupName> groups) {}

    private UserRegistry() {}
}
