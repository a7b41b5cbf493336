package parley.messages.group;

/** What a log answers to an entry that is to be its next. */
public sealed interface Taking {
    /** A log is a value: the one that was asked stays as it was. */
    record Longer(GroupLog log) implements Taking {}

    record Refused(Why why) implements Taking {}

    /** In the order in which they are checked; docs/PROTOCOL.md §12.2. */
    enum Why {
        /** {@link GroupLog#ENTRIES_MAX} are reached: members can go, and nothing else. */
        FULL,
        /** Its sequence is not the next. */
        WRONG_SEQUENCE,
        /** It names another entry as the one before. */
        WRONG_PREVIOUS,
        /** It creates though it is not the first, or it is the first and does not. */
        WRONG_KIND,
        /** It creates another group. */
        WRONG_NAME,
        /** Its author's key did not sign it. */
        WRONG_SIGNATURE,
        /** Its author has to be a member and is none, or not under this key. */
        NOT_A_MEMBER,
        /** Its author has to be an admin. */
        NOT_AN_ADMIN,
        /** Who is to come in is there, under that very key. */
        MEMBER_ALREADY,
        /** Who is to go, or to become an admin or none, is not there; or one is to remove oneself. */
        NO_SUCH_MEMBER,
        /** The policy does not allow it. */
        NOT_BY_POLICY,
        /** There would be more than {@link GroupLog#MEMBERS_MAX}. */
        TOO_MANY_MEMBERS,
        /** All would be as before. */
        NOTHING_NEW
    }
}
