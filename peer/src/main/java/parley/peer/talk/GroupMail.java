package parley.peer.talk;

import java.util.Optional;
import parley.messages.group.Policy;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** What others do to the groups that we are in, and what a registry tries to do to them. */
public sealed interface GroupMail extends Mail {
    /**
     * The log of a group went on.
     *
     * @param user whom it is about; of what concerns the whole group, {@code by}
     * @param by who wrote the entry
     * @param policy which one holds now, if that is what changed or the group is new
     */
    record Changed(GroupName group, Change change, UserName user, UserName by, Optional<Policy> policy)
            implements GroupMail {
        public Changed(GroupName group, Change change, UserName user, UserName by) {
            this(group, change, user, by, Optional.empty());
        }
    }

    enum Change {
        CREATED,
        JOINED,
        ADDED,
        LEFT,
        REMOVED,
        ADMIN,
        NO_ADMIN,
        POLICY
    }

    /**
     * Somebody shows, says or hides what does not fit the log.
     *
     * @param from whose text it came out with, if with one
     * @param why whole sentences
     */
    record Trouble(GroupName group, Kind kind, Optional<UserName> from, String why) implements GroupMail {
        public static Trouble hidden(GroupName group, UserName from) {
            return new Trouble(
                    group,
                    Kind.HIDDEN,
                    Optional.of(from),
                    "The registry shows you less of this group than %s knows, or does not answer. What %s wrote waits"
                            .formatted(from, from));
        }

        /** @param ours the hash of the entry as we know it, in hex, and {@code theirs} as the writer does */
        public static Trouble different(GroupName group, UserName from, long sequence, String ours, String theirs) {
            return new Trouble(
                    group,
                    Kind.DIFFERENT,
                    Optional.of(from),
                    ("The registry has shown %s another group than you: entry %d is %s there and %s here. "
                                    + "Nothing that %s writes in it is shown; talk to each other in another way")
                            .formatted(from, sequence, theirs, ours, from));
        }

        public static Trouble invented(GroupName group) {
            return new Trouble(
                    group,
                    Kind.INVENTED,
                    Optional.empty(),
                    "The registry hands out a history of this group that does not go on from the one you know. "
                            + "Yours stays as it is");
        }

        /** Of a group that is not known yet, and of which {@code from} said something. */
        public static Trouble noHistory(GroupName group, UserName from) {
            return new Trouble(
                    group,
                    Kind.INVENTED,
                    Optional.of(from),
                    ("What the registry hands out is no history of a group: an entry in it is not by whom it says, or "
                                    + "he may not write it. What %s wrote waits for another")
                            .formatted(from));
        }

        public static Trouble notAMember(GroupName group, UserName from) {
            return new Trouble(
                    group,
                    Kind.NOT_A_MEMBER,
                    Optional.of(from),
                    "%s wrote and is no member. It is not shown".formatted(from));
        }
    }

    enum Kind {
        /** The writer knows entries that the registry does not show, be it because it cannot be reached. */
        HIDDEN,
        /** The writer was shown another entry than we. */
        DIFFERENT,
        /** The registry hands out entries that do not follow from the known ones. */
        INVENTED,
        /** The writer was none when he wrote, or is none any more. */
        NOT_A_MEMBER
    }
}
