package parley.messages.directory;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.apache.pekko.util.ByteString;
import parley.messages.group.GroupEntry;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.identity.Statement;
import parley.messages.name.GroupName;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;

/** Everything a modern peer can ask of the registry; docs/PROTOCOL.md §8, §12.3. */
public sealed interface Request {
    /** A new account. It does not sign in. */
    record SignUp(UserName name, List<Statement> chain, Optional<Invite> invite) implements Request {}

    /** From its answer on, the connection is {@code name}. */
    record SignIn(UserName name, Optional<PeerAddress> reachableAt) implements Request {}

    record Exit() implements Request {}

    record ChainOf(UserName name, int from) implements Request {}

    record Publish(List<Statement> statements) implements Request {}

    record Pairs(List<OneTimePrekeys> pairs) implements Request {}

    record PrekeysOf(UserName name) implements Request {}

    record Revoke(UserName name, Statement revocation) implements Request {}

    record Allow(SortedSet<UserName> names) implements Request {}

    record Watch(SortedSet<UserName> names) implements Request {}

    record WhereIs(UserName name) implements Request {}

    record Deposit(UserName to, ByteString envelope) implements Request {}

    record Collect(long after) implements Request {}

    record Ack(List<Long> serials) implements Request {}

    /** A new group; its author is who asks. */
    record CreateGroup(GroupName group, GroupEntry first) implements Request {}

    record AppendToLog(GroupName group, GroupEntry next) implements Request {}

    record LogOf(GroupName group, int from) implements Request {}

    /** @param after those whose names come later; none for the first ones */
    record ListGroups(Optional<GroupName> after) implements Request {}

    /** What we could not read, and what to tell its sender; the connection stays usable. */
    record Unreadable(Code code, String why) implements Request {}
}
