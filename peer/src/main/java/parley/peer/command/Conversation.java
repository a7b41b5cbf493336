package parley.peer.command;

import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** What a history, a search or a reading is about, as far as the typed line says it. */
public sealed interface Conversation {
    record With(UserName user) implements Conversation {}

    record In(GroupName group) implements Conversation {}

    /** Both are possible. The contact comes first: anybody can make a group with somebody's name. */
    record Called(UserName user, GroupName group) implements Conversation {}

    /** @throws parley.messages.name.BadName if nobody and nothing can be called so */
    static Conversation called(String name) {
        return new Called(new UserName(name), new GroupName(name));
    }
}
