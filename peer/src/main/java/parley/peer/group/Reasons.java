package parley.peer.group;

import parley.messages.group.Deed;
import parley.messages.group.GroupLog;
import parley.messages.group.Taking.Why;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** Why a log takes something in no more, in words for whoever wanted it. */
final class Reasons {
    static String of(Why why, Deed deed, GroupLog log) {
        var group = log.name();
        return switch (why) {
            case FULL -> "%s has had %d changes: members can only leave it".formatted(group, GroupLog.ENTRIES_MAX);
            case NOT_A_MEMBER -> notIn(group);
            case NOT_AN_ADMIN -> "You are no admin of %s, expected one for that".formatted(group);
            case MEMBER_ALREADY -> already(deed, group);
            case NO_SUCH_MEMBER -> nobody(deed, group);
            case NOT_BY_POLICY ->
                deed instanceof Deed.Join
                        ? "%s is not open: one of its members has to invite you".formatted(group)
                        : "%s is closed: nobody comes in any more".formatted(group);
            case TOO_MANY_MEMBERS -> "%s has %d members, and no group has more".formatted(group, GroupLog.MEMBERS_MAX);
            case NOTHING_NEW -> "That would change nothing in " + group;
            case WRONG_SEQUENCE, WRONG_PREVIOUS, WRONG_KIND, WRONG_NAME, WRONG_SIGNATURE ->
                "The log of %s does not take that: %s".formatted(group, why);
        };
    }

    static String notIn(GroupName group) {
        return "You are not in %s, expected a group that you are in".formatted(group);
    }

    private static String already(Deed deed, GroupName group) {
        return deed instanceof Deed.Add(var who, var identity)
                ? "%s is in %s already".formatted(who, group)
                : "You are in %s already".formatted(group);
    }

    private static String nobody(Deed deed, GroupName group) {
        return switch (deed) {
            case Deed.Remove(UserName who) -> "%s is not in %s, expected another member".formatted(who, group);
            case Deed.Admin(UserName who, var on) -> "%s is not in %s, expected a member".formatted(who, group);
            case Deed.Create c -> "Nobody is meant";
            case Deed.Join j -> "Nobody is meant";
            case Deed.Add a -> "Nobody is meant";
            case Deed.Leave l -> "Nobody is meant";
            case Deed.Become b -> "Nobody is meant";
        };
    }

    private Reasons() {}
}
