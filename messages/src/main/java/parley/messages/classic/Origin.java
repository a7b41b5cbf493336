package parley.messages.classic;

import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** Whom a message names as its sender: a user, or a group without saying which member. Neither is authenticated. */
public sealed interface Origin {
    record User(UserName name) implements Origin {}

    record Group(GroupName name) implements Origin {}
}
