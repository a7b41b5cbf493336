package parley.peer.store;

import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** Whose texts of the history are meant. */
public sealed interface HistoryOf {
    /** What was written to one contact and came from him, but for groups. */
    record With(UserName contact) implements HistoryOf {}

    record In(GroupName group) implements HistoryOf {}
}
