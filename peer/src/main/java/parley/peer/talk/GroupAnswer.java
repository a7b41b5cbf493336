package parley.peer.talk;

import java.util.List;
import java.util.Optional;
import parley.messages.group.Policy;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** What commands about modern groups answer. */
public sealed interface GroupAnswer extends ModernAnswer {
    /** The open groups of the registry and those that we are in, in the order of their names; may be empty. */
    record Listed(List<Size> groups) implements GroupAnswer {}

    /** @param own whether we are in it */
    record Size(GroupName name, int members, boolean own) {}

    /** The groups that we are in, or the one that was asked for; may be empty. */
    record Members(List<Answer.Members.Group> groups) implements GroupAnswer {}

    record Created(GroupName group, Policy policy) implements GroupAnswer {}

    /** @param members with us */
    record Joined(GroupName group, int members) implements GroupAnswer {}

    record Left(GroupName group) implements GroupAnswer {}

    record Invited(GroupName group, UserName user) implements GroupAnswer {}

    record Removed(GroupName group, UserName user) implements GroupAnswer {}

    /** @param on whether {@code user} is one now */
    record Admin(GroupName group, UserName user, boolean on) implements GroupAnswer {}

    record PolicySet(GroupName group, Policy policy) implements GroupAnswer {}

    /**
     * @param sequence of the last entry of the log
     * @param head its hash, 64 hex digits: the same for all members, or they are shown different logs
     */
    record Shown(GroupName group, Policy policy, long sequence, String head, List<Member> members)
            implements GroupAnswer {}

    /**
     * @param online empty where we aren't told: of ourselves and of whom we did not accept
     * @param verified whether the identity that the log holds was verified
     */
    record Member(UserName name, boolean admin, Optional<Boolean> online, boolean verified) {}

    /**
     * Safely on disk, for each member; what becomes of it is told by {@link Mail.Moved}.
     *
     * @param members to whom it goes
     */
    record Queued(String id, GroupName group, int members) implements GroupAnswer {}

    record History(GroupName group, List<Text> texts) implements GroupAnswer {}

    record ReadAll(GroupName group, int texts) implements GroupAnswer {}
}
