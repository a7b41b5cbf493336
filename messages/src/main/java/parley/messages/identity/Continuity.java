package parley.messages.identity;

/**
 * How a chain that somebody hands out relates to the one that was seen before. Whoever keeps chains asks this before he
 * believes a new one.
 */
public enum Continuity {
    /** The same, or longer under the same identity. */
    CONTINUED,
    /** Longer, and the old identity signed that another follows it: to be shown. */
    CHANGED,
    /** Longer, and the recovery key has ended it. */
    REVOKED,
    /** A beginning of what was seen: somebody withholds the rest. */
    SHORTENED,
    /** Another account, another first statement, or two statements of one sequence: nothing may be sent. */
    FORKED;

    public static Continuity of(KeyChain seen, KeyChain given) {
        if (!seen.registry().equals(given.registry()) || !seen.name().equals(given.name())) return FORKED;
        int both = Math.min(seen.statements().size(), given.statements().size());
        if (!seen.statements().subList(0, both).equals(given.statements().subList(0, both))) return FORKED;
        if (given.statements().size() < seen.statements().size()) return SHORTENED;
        if (given.isRevoked()) return REVOKED;
        return given.identity().equals(seen.identity()) ? CONTINUED : CHANGED;
    }
}
