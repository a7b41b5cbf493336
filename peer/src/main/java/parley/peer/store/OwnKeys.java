package parley.peer.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.group.EntryDraft;
import parley.messages.group.GroupEntry;
import parley.messages.identity.AgreementKey;
import parley.messages.identity.Appending;
import parley.messages.identity.Claim;
import parley.messages.identity.Continuity;
import parley.messages.identity.Draft;
import parley.messages.identity.KemKey;
import parley.messages.identity.KeyChain;
import parley.messages.identity.KeyChainCodec;
import parley.messages.identity.RegistryId;
import parley.messages.identity.Statement;
import parley.messages.name.UserName;
import parley.peer.cipher.agreement.Own;
import parley.peer.cipher.agreement.PrivateKeys;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.cipher.primitive.AgreementPair;
import parley.peer.cipher.primitive.KemPair;

/**
 * What this account owns: its key chain and the private halves of it. All contacts share one; any thread may ask. What
 * it answers as changes is to be committed before anything of it is published.
 *
 * <pre>
 *   create ──► identity, tls, agreement, signed prekeys ──renewed, weekly──► the same with another offer
 *   read   ──►                                          ──add──► one-time pairs ──spend──► being spent ──spent──► fewer
 *                                                                       ^──────────notSpent──────────┘
 * </pre>
 */
public final class OwnKeys implements PrivateKeys {
    /** A week's prekeys; docs/PROTOCOL.md §2.2. */
    public static final Duration OFFERED = Duration.ofDays(7);

    /** A first message waits for so long in a mailbox. */
    static final Duration KEPT = Duration.ofDays(30);

    /** Private halves of pairs. Those that were handed out and never used would otherwise stay for ever. */
    static final int ONE_TIME_MAX = 5_000;

    public static final String ONE_TIME = "one-time";
    private static final String TABLE = "own";
    private static final ByteString SECRETS = ByteString.fromString("secrets");
    private static final ByteString CHAIN = ByteString.fromString("chain");

    private record Held(KeyChain chain, OwnSecrets secrets) {
        @Override
        public String toString() {
            return "redacted";
        }
    }

    private volatile Held held;
    private final Map<Long, ByteString> oneTime = new ConcurrentHashMap<>();

    /** Until the disk has struck them off, or has not. */
    private final Map<Long, Spending> spending = new ConcurrentHashMap<>();

    private record Spending(UserName by, ByteString pair) {
        @Override
        public String toString() {
            return "redacted";
        }
    }

    /** @param recovery is kept by nobody but the user: its words are shown once */
    public record Born(OwnKeys keys, SigningKey recovery, List<Change> changes) {
        @Override
        public String toString() {
            return "redacted";
        }
    }

    /**
     * A new account, whole: identity, tls, agreement and the first offer.
     *
     * @param tls is older than the rest: it is shown to a registry before that says which one it is
     */
    public static Born create(RegistryId registry, UserName name, SigningKey tls, long nowMillis, SecureRandom random) {
        var recovery = SigningKey.create(random);
        var identity = SigningKey.create(random);
        var agreement = AgreementPair.create(random);
        var first = Draft.first(new Claim.Identity(name, identity.key(), recovery.key()), nowMillis);
        var chain = taken(KeyChain.begin(registry, name, identity.sign(first, registry)));
        for (var claim : List.of(new Claim.Tls(tls.key()), new Claim.Agreement(agreement.key())))
            chain = taken(chain.append(identity.sign(chain.draft(claim, nowMillis), registry)));
        var kept = List.of(new OwnSecrets.Kept<>(agreement, OwnSecrets.Kept.PRESENT));
        var keys = new OwnKeys(new Held(chain, new OwnSecrets(identity, tls, kept, List.of())));
        return new Born(keys, recovery, keys.renewed(nowMillis, random));
    }

    /** What the vault has; nothing before {@link #create}. */
    public static Optional<OwnKeys> read(RegistryId registry, UserName name, Tables tables) {
        var secrets = tables.get(TABLE, SECRETS);
        var chain = tables.get(TABLE, CHAIN);
        if (secrets.isEmpty() || chain.isEmpty()) return Optional.empty();
        var read = KeyChainCodec.decode(registry, name, chain.get());
        if (!(read instanceof Appending.Longer(var verified)))
            throw new MalformedFields("our own chain does not hold at this registry");
        var keys = new OwnKeys(new Held(verified, OwnSecrets.decode(secrets.get())));
        for (var row : tables.list(ONE_TIME)) keys.oneTime.put(new FieldReader(row.key()).u32(), row.value());
        return Optional.of(keys);
    }

    private OwnKeys(Held held) {
        this.held = held;
    }

    public Own own() {
        return new Own(held.chain, this);
    }

    public KeyChain chain() {
        return held.chain;
    }

    /** What links and the connection to the registry show. */
    public SigningKey tls() {
        return held.secrets.tls();
    }

    /** For {@link #batch}; the identity signs here and nowhere else. */
    SigningKey signer() {
        return held.secrets.identity();
    }

    /** An entry of a group's log, as our identity writes it. */
    public GroupEntry signed(EntryDraft entry) {
        return signer().sign(entry, held.chain.registry());
    }

    public boolean isRenewalDue(long nowMillis) {
        var statements = held.chain.statements();
        return held.chain
                .offer()
                .map(offer -> statements.get((int) offer.sequence()).draft().timeMillis())
                // A clock that was far ahead when it signed must not keep one offer for years.
                .map(since -> Math.abs(nowMillis - since) >= OFFERED.toMillis())
                .orElse(true);
    }

    /** Signs another week's prekeys. */
    public synchronized List<Change> renewed(long nowMillis, SecureRandom random) {
        var before = held;
        var prekey = AgreementPair.create(random);
        var kem = KemPair.create(random);
        var agreement = before.chain
                .agreement()
                .flatMap(this::agreement)
                .orElseThrow(() -> new IllegalStateException("no agreement key of our own"));
        var claim = new Claim.SignedPrekeys(prekey.key(), kem.key());
        var next = taken(before.chain.append(signed(before, claim, nowMillis)));
        var secrets = before.secrets.offering(agreement, prekey, kem, nowMillis, KEPT.toMillis());
        held = new Held(next, secrets);
        return List.of(
                new Change.Put(TABLE, SECRETS, secrets::encode),
                new Change.Put(TABLE, CHAIN, () -> KeyChainCodec.encode(next)));
    }

    /**
     * What the registry has more of than we, signed by us: this vault was put back from an older copy. The private
     * halves of later prekeys are gone, so another offer is due at once.
     *
     * @throws IllegalArgumentException if {@code given} does not go on from our chain
     */
    public synchronized List<Change> adopted(KeyChain given, long nowMillis, SecureRandom random) {
        if (Continuity.of(held.chain, given) != Continuity.CONTINUED)
            throw new IllegalArgumentException("a chain that does not continue ours");
        if (given.agreement().flatMap(this::agreement).isEmpty())
            throw new IllegalArgumentException("a chain whose agreement key is not in this vault");
        held = new Held(given, held.secrets);
        return renewed(nowMillis, random);
    }

    /** New pairs; not on the way of anybody who waits. They count once {@link #add} was told of them. */
    public OneTimeBatch batch(int count, long nowMillis, SecureRandom random) {
        return OneTimeBatch.create(signer(), held.chain.registry(), count, nowMillis, random);
    }

    /** Keeps them, and forgets the oldest beyond {@value #ONE_TIME_MAX}. */
    public synchronized List<Change> add(OneTimeBatch batch) {
        var changes = new ArrayList<Change>();
        batch.stored().forEach((id, pair) -> {
            oneTime.put(id, pair);
            changes.add(new Change.Put(ONE_TIME, key(id), () -> pair));
        });
        oneTime.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> OneTimeBatch.madeMillis(entry.getValue())))
                .limit(Math.max(0, oneTime.size() - ONE_TIME_MAX))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(id -> {
                    oneTime.remove(id);
                    changes.add(forgotten(id));
                });
        return changes;
    }

    /** A message of his was opened with it: it opens no other; the change goes with that message's commit. */
    public Change spend(UserName by, long id) {
        var pair = oneTime.remove(id);
        if (pair != null) spending.put(id, new Spending(by, pair));
        return forgotten(id);
    }

    /** Which pairs these changes strike off. */
    public static List<Long> spentBy(List<Change> changes) {
        var spent = new ArrayList<Long>();
        for (var change : changes)
            if (change instanceof Change.Delete(var table, var key) && table.equals(ONE_TIME))
                spent.add(new FieldReader(key).u32());
        return spent;
    }

    /** Their commits are on disk. */
    public void spent(List<Long> ids) {
        ids.forEach(spending::remove);
    }

    /** Nothing of his is under way any more: a pair that the disk still has opens the message that comes again. */
    public void notSpent(UserName by, Tables tables) {
        spending.forEach((id, one) -> {
            if (!one.by.equals(by)) return;
            if (tables.get(ONE_TIME, key(id)).isPresent()) oneTime.put(id, one.pair);
            spending.remove(id);
        });
    }

    private static Change forgotten(long id) {
        return new Change.Delete(ONE_TIME, key(id));
    }

    @Override
    public Optional<AgreementPair> agreement(AgreementKey key) {
        return held.secrets.pairs().stream()
                .map(OwnSecrets.Kept::key)
                .filter(pair -> pair.key().equals(key))
                .findFirst();
    }

    @Override
    public Optional<KemPair> kem(KemKey key) {
        return held.secrets.kems().stream()
                .map(OwnSecrets.Kept::key)
                .filter(pair -> pair.key().equals(key))
                .findFirst();
    }

    @Override
    public Optional<OneTimePairs> oneTime(long id) {
        return Optional.ofNullable(oneTime.get(id)).map(OneTimeBatch::decode);
    }

    private static ByteString key(long id) {
        return new FieldWriter().u32(id).toByteString();
    }

    private static Statement signed(Held held, Claim claim, long nowMillis) {
        return held.secrets.identity().sign(held.chain.draft(claim, nowMillis), held.chain.registry());
    }

    private static KeyChain taken(Appending answer) {
        return switch (answer) {
            case Appending.Longer(var chain) -> chain;
            case Appending.Refused(var why) -> throw new IllegalStateException("our own statement: " + why);
        };
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
