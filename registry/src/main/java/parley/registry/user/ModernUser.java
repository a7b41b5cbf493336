package parley.registry.user;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.Appending;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.identity.Statement;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;

/**
 * What a modern gate asks the {@link UserRegistry} of a name, and what it is answered; docs/PROTOCOL.md §8. A
 * connection that goes away needs to say nothing; one that stays and is nobody any more says {@link
 * UserRegistry.SignOut}.
 *
 * <p>{@code connection} is always the one that asks. What only the account itself may do is carried out only while that
 * connection is the one that is signed in, so that a superseded one can do nothing more.
 */
public final class ModernUser {
    /** Names in one {@link Allow} or {@link Watch}: contacts, not the world. */
    public static final int NAMES_MAX = 1_000;

    /** One-time pairs kept for an account; a peer makes 100 at a time. */
    public static final int PAIRS_MAX = 200;

    /** With fewer than these left the owner is told to publish more. */
    public static final int PAIRS_LOW = 20;

    /** Pairs of one account that one asker is given in an hour: one is enough to write to somebody. */
    public static final int PAIRS_AN_HOUR_MAX = 60;

    public sealed interface Command extends UserRegistry.Command {}

    /**
     * A new account with this whole chain; does not sign in.
     *
     * @param shown the key of the connection's certificate
     * @param invitation what the operator gave out, where that is needed
     */
    public record SignUp(
            List<Statement> chain, IdentityKey shown, Optional<String> invitation, ActorRef<SignUpAnswer> replyTo)
            implements Command {
        @Override
        public String toString() {
            return "SignUp[%d statements]".formatted(chain.size());
        }
    }

    /**
     * Makes the user online for as long as {@code connection} lives; whoever was online before is told.
     *
     * @param shown the key of the connection's certificate
     * @param address where links are accepted, none for nowhere; never unspecified
     */
    public record SignIn(
            IdentityKey shown,
            Optional<PeerAddress> address,
            ActorRef<ConnectionNotice> connection,
            ActorRef<SignInAnswer> replyTo)
            implements Command {}

    /** @param bytesMax of the statements in a row */
    public record ChainOf(int from, int bytesMax, ActorRef<ChainAnswer> replyTo) implements Command {}

    /** All of them or none. None at all asks how many there are. */
    public record Publish(
            List<Statement> statements, ActorRef<ConnectionNotice> connection, ActorRef<PublishAnswer> replyTo)
            implements Command {}

    /** All of them are signed by the present identity, or none is taken; those beyond {@link #PAIRS_MAX} may come again. */
    public record AddPairs(
            List<OneTimePrekeys> pairs, ActorRef<ConnectionNotice> connection, ActorRef<AddPairsAnswer> replyTo)
            implements Command {}

    /** Hands out a pair, which is gone from the disk before it is answered. {@code asker} is signed in. */
    public record TakePair(UserName asker, ActorRef<TakePairAnswer> replyTo) implements Command {}

    /** Whoever has the recovery key's statement may bring it, signed in or not. */
    public record Revoke(Statement revocation, ActorRef<RevokeAnswer> replyTo) implements Command {}

    /** Who may see where we are; instead of those before. */
    public record Allow(Set<UserName> names, ActorRef<ConnectionNotice> connection, ActorRef<ListAnswer> replyTo)
            implements Command {}

    /** Whose coming and going {@code connection} is told from now on; instead of those before. */
    public record Watch(Set<UserName> names, ActorRef<ConnectionNotice> connection, ActorRef<ListAnswer> replyTo)
            implements Command {}

    public record WhereIs(UserName asker, ActorRef<WhereIsAnswer> replyTo) implements Command {}

    /** Under which identity the account acts now. */
    public record IdentityOf(ActorRef<ConnectionNotice> connection, ActorRef<IdentityAnswer> replyTo)
            implements Command {}

    /**
     * For the relay: whether whoever shows this key could sign in. Nothing changes by it.
     *
     * @param shown the key of the connection's certificate
     */
    public record Recognise(IdentityKey shown, ActorRef<Recognition> replyTo) implements Command {}

    /** For the mailbox. */
    public record StandingOf(ActorRef<Standing> replyTo) implements Command {}

    public sealed interface SignUpAnswer {}

    public sealed interface SignInAnswer {}

    public sealed interface ChainAnswer {}

    public sealed interface PublishAnswer {}

    public sealed interface AddPairsAnswer {}

    public sealed interface TakePairAnswer {}

    public sealed interface RevokeAnswer {}

    public sealed interface ListAnswer {}

    public sealed interface WhereIsAnswer {}

    public sealed interface IdentityAnswer {}

    public record SignedUp() implements SignUpAnswer {}

    /** It has an account, of whichever world. */
    public record NameTaken() implements SignUpAnswer {}

    public record SignUpClosed() implements SignUpAnswer {}

    /** None was given, or it was spent, or there never was such a one. Nothing else cost anybody an invitation. */
    public record NoSuchInvitation() implements SignUpAnswer {}

    /** It names no TLS key, no agreement key or no prekeys, or there is no statement at all. */
    public record ChainIncomplete() implements SignUpAnswer {}

    public record ChainRefused(Appending.Why why)
            implements SignUpAnswer, PublishAnswer, AddPairsAnswer, RevokeAnswer {}

    /** The connection shows another key than the chain's {@code tls}, or the chain names none. */
    public record WrongKey() implements SignUpAnswer, SignInAnswer {}

    /** @param head the hash of the last of the {@code statements} */
    public record SignedIn(int statements, ByteString head, int pairs, int envelopes) implements SignInAnswer {}

    /** @param row from the one asked for on, as many as fit; none beyond the end */
    public record Chain(int statements, List<Statement> row) implements ChainAnswer {}

    /** @param statements of the chain, now */
    public record Published(int statements) implements PublishAnswer {}

    public record PairsLeft(int left) implements AddPairsAnswer {}

    /** @param pair none when they are used up */
    public record Taken(Optional<OneTimePrekeys> pair) implements TakePairAnswer {}

    /** @param pause until the next one, whole seconds, at least one */
    public record TooOften(Duration pause) implements TakePairAnswer {}

    public record RevocationTaken() implements RevokeAnswer {}

    public record Noted() implements ListAnswer {}

    /** More than {@link #NAMES_MAX}. */
    public record TooManyNames() implements ListAnswer {}

    /** @param address none for somebody who is there and accepts no links */
    public record At(Optional<PeerAddress> address) implements WhereIsAnswer {}

    /** Not there, or does not allow the asker. */
    public record Offline() implements WhereIsAnswer {}

    /** No such account, or a classic one, which is none to a modern peer. */
    public record Unknown() implements SignInAnswer, ChainAnswer, TakePairAnswer, RevokeAnswer, WhereIsAnswer {}

    public record Revoked() implements SignInAnswer, TakePairAnswer, WhereIsAnswer {}

    /** The connection is not, or no longer, the one that is signed in. */
    public record NotSignedIn() implements PublishAnswer, AddPairsAnswer, ListAnswer, IdentityAnswer {}

    public record Present(IdentityKey identity) implements IdentityAnswer {}

    /** Could not be done now and was not done, but for a pair that may be lost; worth trying again. */
    public record Busy()
            implements SignUpAnswer, SignInAnswer, PublishAnswer, AddPairsAnswer, TakePairAnswer, RevokeAnswer {}

    /** Whether anything can be left for this name. */
    public enum Standing {
        /** Nobody signed it up, or it is classic. */
        NONE,
        MODERN,
        REVOKED
    }

    public enum Recognition {
        ITSELF,
        /** No such account, or a classic one. */
        UNKNOWN,
        REVOKED,
        /** The chain names another key now. */
        WRONG_KEY
    }

    /** From the watcher's own entity. Its connection is told at once if there is anything to see. */
    record WatchedBy(UserName watcher, ActorRef<ConnectionNotice> connection) implements Command {}

    record WatchedNoMore(ActorRef<ConnectionNotice> connection) implements Command {}

    /** From somebody's entity that ends and forgets who watched it. */
    record LostSight(UserName of) implements Command {}

    /** Some time after. */
    record LookAgain(UserName at) implements Command {}

    record Admitted(SignUp attempt, Invitations.Spending spending) implements Command {}

    record Counted(SignIn attempt, SignInAnswer answer) implements Command {}

    record FewPairsLeft(int left) implements Command {}

    private ModernUser() {}
}
