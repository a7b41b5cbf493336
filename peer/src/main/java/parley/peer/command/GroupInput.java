package parley.peer.command;

import parley.messages.group.Policy;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** What only a modern group can be asked. */
public sealed interface GroupInput extends ModernInput {
    record Leave(GroupName group) implements GroupInput {}

    /** Makes {@code user} a member; he is not asked. */
    record Invite(GroupName group, UserName user) implements GroupInput {}

    record Remove(GroupName group, UserName user) implements GroupInput {}

    /** @param on whether {@code user} becomes an admin, or is one no longer */
    record Admin(GroupName group, UserName user, boolean on) implements GroupInput {}

    record Show(GroupName group) implements GroupInput {}

    record SetPolicy(GroupName group, Policy policy) implements GroupInput {}
}
