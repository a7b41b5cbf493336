package parley.peer.session;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.peer.lookup.Lookup;
import parley.peer.talk.Happening;

/**
 * Where a peer stands with the registry.
 *
 * <pre>
 *   nobody --signed in--> signed in --Down, Up--> due --signed in--> signed in
 *                                                  `--refused--> pausing --pause over, Up--> due
 * </pre>
 *
 * @param account who is signed in, or should be again
 * @param up the connection to the registry, null while there is none
 * @param signedInOn the connection on which {@code account} signed in; 0 for none
 * @param tried whether the first attempt to connect is over
 * @param lost whether the user was told that the registry went away, and not yet that it is back
 * @param everReached whether it ever answered
 * @param refusals how often in a row it would not let {@code account} in again
 * @param pausing whether it is too early to try that once more
 */
record Standing(
        @Nullable Account account,
        Lookup.@Nullable Up up,
        int signedInOn,
        boolean tried,
        boolean lost,
        boolean everReached,
        int refusals,
        boolean pausing) {
    /** When the registry is there but refuses: it may be busy, or count our attempts. */
    static final Duration PAUSE_MIN = Duration.ofSeconds(5);

    /** Less often than a registry can take for guessing. */
    static final Duration PAUSE_MAX = Duration.ofMinutes(5);

    static final Standing START = new Standing(null, null, 0, false, false, false, 0, false);

    Standing with(Lookup.Change change) {
        return switch (change) {
            // With somebody to sign in again it is back only when that is done.
            case Lookup.Up now -> new Standing(account, now, signedInOn, true, lost && account != null, true, 0, false);
            case Lookup.Down away ->
                new Standing(account, null, signedInOn, true, true, everReached, refusals, pausing);
        };
    }

    /** What a change means to the user, if anything. */
    Optional<Happening> news(Lookup.Change change) {
        return switch (change) {
            case Lookup.Up now ->
                lost && account == null ? Optional.of(new Happening.RegistryBack()) : Optional.empty();
            case Lookup.Down(var why) -> lost ? Optional.empty() : Optional.of(new Happening.RegistryLost(why));
        };
    }

    /** @param on the connection on which it was asked for, which may be gone by now */
    Standing signedIn(Account who, int on) {
        return new Standing(who, up, on, tried, lost && on != connection(), everReached, 0, false);
    }

    Standing refused() {
        return new Standing(account, up, signedInOn, tried, lost, everReached, refusals + 1, true);
    }

    Standing pauseOver() {
        return new Standing(account, up, signedInOn, tried, lost, everReached, refusals, false);
    }

    Standing signedOut() {
        return new Standing(null, up, 0, tried, lost && up == null, everReached, 0, false);
    }

    /** Whether the registry does not know yet that this connection is {@code account}'s. */
    boolean signInDue() {
        return account != null && up != null && up.connection() != signedInOn && !pausing;
    }

    /** The current connection, 0 for none. */
    int connection() {
        return up == null ? 0 : up.connection();
    }

    /** Our end of the connection. */
    @Nullable
    InetSocketAddress here() {
        return up == null ? null : up.here();
    }

    /** How long to wait after {@link #refusals} refusals. */
    Duration pause() {
        // Five seconds doubled six times are more than five minutes.
        var doubled = PAUSE_MIN.multipliedBy(1L << Math.min(Math.max(refusals - 1, 0), 6));
        return doubled.compareTo(PAUSE_MAX) < 0 ? doubled : PAUSE_MAX;
    }
}
