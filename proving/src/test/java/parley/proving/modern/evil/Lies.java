package parley.proving.modern.evil;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.directory.Reply;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.identity.Statement;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;

/** What a registry makes of the truth; by default the truth. */
public interface Lies {
    /** The chain of {@code of} as {@code asker} is told it. */
    default List<Statement> chain(UserName of, UserName asker, List<Statement> truth) {
        return truth;
    }

    default Optional<OneTimePrekeys> pair(UserName of, UserName asker, Optional<OneTimePrekeys> truth) {
        return truth;
    }

    /** What somebody is told of himself. */
    default Reply.SignedIn signedIn(UserName who, Reply.SignedIn truth) {
        return truth;
    }

    default Optional<PeerAddress> address(UserName of, UserName asker, Optional<PeerAddress> truth) {
        return truth;
    }

    /**
     * What the mailbox of {@code to} gets instead of one envelope.
     *
     * @return in order; as often, as late and as changed as a liar likes
     */
    default List<Post> deposited(UserName to, Post truth) {
        return List.of(truth);
    }

    /** @param done makes the account */
    default Reply signedUp(Runnable done) {
        done.run();
        return new Reply.Done();
    }

    /** Whether somebody is told of somebody else at all. */
    default boolean tells(UserName of, UserName asker) {
        return true;
    }

    /** An envelope in a mailbox. */
    record Post(UserName from, ByteString envelope) {}
}
