package parley.peer.talk;

import java.util.List;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** What a command that ended well has to say. */
public sealed interface Answer
        permits Answer.SignedUp,
                Answer.SignedIn,
                Answer.Groups,
                Answer.Members,
                Answer.Created,
                Answer.Joined,
                Answer.Sent,
                Answer.Helped,
                Answer.Bye,
                ModernAnswer {
    record SignedUp(UserName user) implements Answer {}

    record SignedIn(UserName user) implements Answer {}

    /** Groups with their number of members, in the order of their names; may be empty. */
    record Groups(List<Size> sizes) implements Answer {
        public record Size(GroupName name, int members) {}
    }

    /** The groups that the user is in; may be empty. */
    record Members(List<Group> groups) implements Answer {
        public record Group(GroupName name, List<UserName> members) {}
    }

    record Created(GroupName group) implements Answer {}

    /** @param created whether there was none and it was created */
    record Joined(GroupName group, boolean created) implements Answer {}

    /**
     * A text or a file was sent.
     *
     * @param to one user, or one or more groups
     * @param delivered how many received it
     * @param missed who could not be reached, by name, or by address where the name isn't known
     */
    record Sent(List<Party> to, int delivered, List<String> missed) implements Answer {}

    record Helped(String text) implements Answer {}

    /** @param registryReached whether the registry answered at any time since the start */
    record Bye(boolean registryReached) implements Answer {}
}
