package parley.peer.cipher.agreement;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.AgreementKey;
import parley.messages.identity.Appending;
import parley.messages.identity.Bundle;
import parley.messages.identity.Claim;
import parley.messages.identity.Draft;
import parley.messages.identity.KemKey;
import parley.messages.identity.KeyChain;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.identity.RegistryId;
import parley.messages.identity.Statement;
import parley.messages.name.UserName;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.cipher.primitive.AgreementPair;
import parley.peer.cipher.primitive.KemPair;
import parley.peer.cipher.primitive.SeededRandom;

/** Somebody with a vault, for tests: all that he is follows from his name and a seed. */
public final class Person implements PrivateKeys {
    public static final RegistryId REGISTRY =
            new RegistryId(ByteString.fromInts(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
    public static final long TIME = 1_800_000_000_000L;

    public final SecureRandom random;
    public final SigningKey identity;
    public final SigningKey recovery;
    private final Map<AgreementKey, AgreementPair> pairs = new HashMap<>();
    private final Map<KemKey, KemPair> kems = new HashMap<>();
    private final Map<Long, OneTimePairs> oneTime = new HashMap<>();
    private KeyChain chain;

    public Person(String name, long seed) {
        this(REGISTRY, name, seed);
    }

    public Person(RegistryId registry, String name, long seed) {
        random = new SeededRandom(seed);
        identity = SigningKey.create(random);
        recovery = SigningKey.create(random);
        var user = new UserName(name);
        var first = Draft.first(new Claim.Identity(user, identity.key(), recovery.key()), TIME);
        chain = longer(KeyChain.begin(registry, user, identity.sign(first, registry)));
        say(new Claim.Agreement(agreementPair().key()));
        offer();
    }

    /** A new week: new signed prekeys; the old ones still serve. */
    public void offer() {
        var kem = KemPair.create(random);
        kems.put(kem.key(), kem);
        say(new Claim.SignedPrekeys(agreementPair().key(), kem.key()));
    }

    public AgreementPair agreementPair() {
        var pair = AgreementPair.create(random);
        pairs.put(pair.key(), pair);
        return pair;
    }

    public void say(Claim claim) {
        say(identity.sign(chain.draft(claim, TIME), chain.registry()));
    }

    public void say(Statement statement) {
        chain = longer(chain.append(statement));
    }

    public OneTimePrekeys publish(long id) {
        var made = new OneTimePairs(AgreementPair.create(random), KemPair.create(random));
        oneTime.put(id, made);
        return identity.sign(
                chain.registry(), id, made.prekey().key(), made.kem().key());
    }

    public Bundle bundle(Optional<OneTimePrekeys> pair) {
        return switch (Bundle.of(chain, pair)) {
            case Bundle.Good(var bundle) -> bundle;
            case Bundle.Bad(var why) -> throw new AssertionError("no bundle: " + why);
        };
    }

    public void forget(long id) {
        oneTime.remove(id);
    }

    public KeyChain chain() {
        return chain;
    }

    public Own own() {
        return new Own(chain, this);
    }

    @Override
    public Optional<AgreementPair> agreement(AgreementKey key) {
        return Optional.ofNullable(pairs.get(key));
    }

    @Override
    public Optional<KemPair> kem(KemKey key) {
        return Optional.ofNullable(kems.get(key));
    }

    @Override
    public Optional<OneTimePairs> oneTime(long id) {
        return Optional.ofNullable(oneTime.get(id));
    }

    private static KeyChain longer(Appending answer) {
        return switch (answer) {
            case Appending.Longer(var chain) -> chain;
            case Appending.Refused(var why) -> throw new AssertionError("refused: " + why);
        };
    }
}
