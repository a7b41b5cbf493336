package parley.peer.file;

import parley.messages.name.UserName;
import parley.messages.wire.MessageId;

/** One file between us and one other: a group's file is one for each member. */
public record Ref(UserName with, MessageId file) {
    @Override
    public String toString() {
        return with + "/" + file;
    }
}
