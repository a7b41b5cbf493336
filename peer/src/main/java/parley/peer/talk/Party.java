package parley.peer.talk;

import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** One end of a conversation: a user, or a group, whose classic texts do not say who wrote them. */
public sealed interface Party {
    record User(UserName name) implements Party {}

    record Group(GroupName name) implements Party {}
}
