package parley.messages.identity;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.Appending.Longer;
import parley.messages.identity.Appending.Refused;
import parley.messages.identity.Appending.Why;
import parley.messages.name.UserName;

/**
 * All that an account ever said about its keys, in order. A chain that exists was verified: there is no other way to
 * one than {@link #begin} and {@link #append}.
 *
 * <pre>
 *   begin: IDENTITY -> stated --TLS, AGREEMENT, SIGNED_PREKEYS--> stated --REVOKE--> revoked
 *                      stated --SUCCESSOR--> stated, by another identity, without TLS, agreement and prekeys
 * </pre>
 */
public final class KeyChain {
    /** Nineteen years of weekly prekeys, 1.3 MiB at most. */
    public static final int STATEMENTS_MAX = 1_024;

    private final RegistryId registry;
    private final UserName name;
    private final List<Statement> statements;
    private final Holder holder;
    private final ByteString head;

    /** A chain of one statement, if that one says that {@code name} has an identity at {@code registry}. */
    public static Appending begin(RegistryId registry, UserName name, Statement first) {
        if (first.draft().sequence() != 0) return new Refused(Why.WRONG_SEQUENCE);
        if (!first.draft().previous().equals(Draft.NONE)) return new Refused(Why.WRONG_PREVIOUS);
        if (!(first.claim() instanceof Claim.Identity claim)) return new Refused(Why.WRONG_PURPOSE);
        if (!claim.name().equals(name)) return new Refused(Why.WRONG_NAME);
        if (claim.identity().equals(claim.recovery())) return new Refused(Why.KEY_NAMED_BEFORE);
        if (!first.isSignedBy(claim.identity(), registry)) return new Refused(Why.WRONG_SIGNATURE);
        return new Longer(new KeyChain(registry, name, List.of(first), Holder.of(claim)));
    }

    private KeyChain(RegistryId registry, UserName name, List<Statement> statements, Holder holder) {
        this.registry = registry;
        this.name = name;
        this.statements = statements;
        this.holder = holder;
        this.head = statements.getLast().hash(registry);
    }

    public Appending append(Statement next) {
        var draft = next.draft();
        if (holder.revoked()) return new Refused(Why.REVOKED);
        if (isFullFor(next.claim())) return new Refused(Why.FULL);
        if (draft.sequence() != statements.size()) return new Refused(Why.WRONG_SEQUENCE);
        if (!draft.previous().equals(head)) return new Refused(Why.WRONG_PREVIOUS);
        if (isOutOfPlace(next.claim())) return new Refused(Why.WRONG_PURPOSE);
        if (namesAgain(next.claim().keys())) return new Refused(Why.KEY_NAMED_BEFORE);
        if (!next.isSignedBy(signerOf(next.claim()), registry)) return new Refused(Why.WRONG_SIGNATURE);
        if (next.claim() instanceof Claim.Successor successor && !isProven(draft, successor))
            return new Refused(Why.WRONG_PROOF);
        var longer = Stream.concat(statements.stream(), Stream.of(next)).toList();
        return new Longer(new KeyChain(registry, name, longer, holder.with(draft.sequence(), next.claim())));
    }

    /** All of them or none: a change of identity and the keys that it makes void belong together. */
    public Appending append(List<Statement> next) {
        var chain = this;
        for (var statement : next) {
            switch (chain.append(statement)) {
                case Longer(var longer) -> chain = longer;
                case Refused refused -> {
                    return refused;
                }
            }
        }
        return new Longer(chain);
    }

    /** The next statement, for its signer to sign. */
    public Draft draft(Claim claim, long timeMillis) {
        return new Draft(statements.size(), head, timeMillis, claim);
    }

    public RegistryId registry() {
        return registry;
    }

    public UserName name() {
        return name;
    }

    public List<Statement> statements() {
        return statements;
    }

    /** The hash of the last statement. */
    public ByteString head() {
        return head;
    }

    public IdentityKey identity() {
        return holder.identity();
    }

    public IdentityKey recovery() {
        return holder.recovery();
    }

    public Optional<IdentityKey> tls() {
        return Optional.ofNullable(holder.tls());
    }

    public Optional<AgreementKey> agreement() {
        return Optional.ofNullable(holder.agreement());
    }

    public Optional<Offer> offer() {
        return Optional.ofNullable(holder.offer());
    }

    public boolean isRevoked() {
        return holder.revoked();
    }

    /** What was offered by the statement of that sequence, under the identity of then; first messages come late. */
    public Optional<Offer> offered(long sequence) {
        if (sequence >= statements.size() || !(statements.getFirst().claim() instanceof Claim.Identity first))
            return Optional.empty();
        var then = Holder.of(first);
        for (int i = 1; i <= sequence; i++)
            then = then.with(i, statements.get(i).claim());
        return Optional.ofNullable(then.offer()).filter(offer -> offer.sequence() == sequence);
    }

    /** Whether the present identity ever named it; a first message may have been made before a newer one was stated. */
    public boolean hasNamed(AgreementKey key) {
        return statements.reversed().stream()
                .takeWhile(statement -> !(statement.claim() instanceof Claim.Successor))
                .anyMatch(statement -> statement.claim().equals(new Claim.Agreement(key)));
    }

    private boolean isFullFor(Claim claim) {
        int places = claim instanceof Claim.Revoke ? STATEMENTS_MAX : STATEMENTS_MAX - 1;
        return statements.size() >= places;
    }

    private boolean isOutOfPlace(Claim claim) {
        return claim instanceof Claim.Identity || (claim instanceof Claim.SignedPrekeys && holder.agreement() == null);
    }

    private boolean namesAgain(List<ByteString> keys) {
        return keys.stream().distinct().count() < keys.size()
                || statements.stream()
                        .flatMap(statement -> statement.claim().keys().stream())
                        .anyMatch(keys::contains);
    }

    private IdentityKey signerOf(Claim claim) {
        return claim instanceof Claim.Revoke ? holder.recovery() : holder.identity();
    }

    private boolean isProven(Draft draft, Claim.Successor successor) {
        var succession =
                Draft.succession(registry, draft.sequence(), draft.previous(), holder.identity(), successor.next());
        return successor.next().verifies(succession, successor.proof());
    }

    /** Two chains with one head at one registry are one chain. */
    @Override
    public boolean equals(Object other) {
        return other instanceof KeyChain chain && head.equals(chain.head) && registry.equals(chain.registry);
    }

    @Override
    public int hashCode() {
        return head.hashCode();
    }

    @Override
    public String toString() {
        return "KeyChain[%s, %d statements]".formatted(name, statements.size());
    }
}
