package parley.peer.session;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import parley.peer.lookup.Lookup;

/**
 * Where a peer stands with the registry.
 *
 * @param account who is signed in, or should be again
 * @param here our end of the connection to the registry, null while there is none
 * @param tried whether the first attempt to connect is over
 * @param lost whether the registry was away at last notice, or still is
 * @param everReached whether there ever was a connection
 * @param signInDue whether {@code account} has to be signed in again, on a new connection
 */
record Standing(
        @Nullable Account account,
        @Nullable InetSocketAddress here,
        boolean tried,
        boolean lost,
        boolean everReached,
        boolean signInDue) {
    static final Standing START = new Standing(null, null, false, false, false, false);

    Standing with(Lookup.Change change) {
        return switch (change) {
            case Lookup.Up(var end) -> new Standing(account, end, true, false, true, account != null);
            case Lookup.Down down -> new Standing(account, null, true, true, everReached, false);
        };
    }

    Standing with(Account signedIn) {
        return new Standing(signedIn, here, tried, lost, everReached, false);
    }

    Standing signInDue(boolean due) {
        return new Standing(account, here, tried, lost, everReached, due);
    }
}
