package parley.registry.group;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import parley.messages.name.UserName;

public final class GroupRegistry {
    public sealed interface Command {}

    /** {@code owner} becomes the first member. */
    public record Create(UserName owner, ActorRef<CreateAnswer> replyTo) implements Command {}

    public record Join(UserName user, ActorRef<JoinAnswer> replyTo) implements Command {}

    public record KeyOf(UserName user, ActorRef<KeyAnswer> replyTo) implements Command {}

    public record MembersOf(ActorRef<Members> replyTo) implements Command {}

    public sealed interface CreateAnswer {}

    /** On disk, listed, and in its owner's groups. */
    public record Created() implements CreateAnswer {}

    public record GroupExists() implements CreateAnswer {}

    public sealed interface JoinAnswer {}

    /** On disk, counted in the list, and in the user's groups. */
    public record Joined() implements JoinAnswer {}

    public record NoSuchGroup() implements JoinAnswer {}

    public record AlreadyMember() implements JoinAnswer {}

    /** @param membersMax how many a group may have */
    public record Full(int membersMax) implements JoinAnswer {}

    public sealed interface KeyAnswer {}

    public record Key(TripleDesKey key) implements KeyAnswer {}

    /** Also when there is no such group. */
    public record NotAMember() implements KeyAnswer {}

    /** In the order in which they joined, the owner first; empty when there is no such group. */
    public record Members(List<UserName> members) {}

    private GroupRegistry() {}
}
