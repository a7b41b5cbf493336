package parley.registry.user;

/**
 * What a name is once somebody signed it up.
 *
 * @param kind as it is written in the journal
 * @param passwordHash Argon2id as a PHC string
 */
record Account(String kind, String passwordHash) {
    /** Speaks the classic protocol, for life. */
    static final String CLASSIC = "classic";

    @Override
    public String toString() {
        return "Account[" + kind + ", redacted]";
    }
}
