package parley.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.pekko.util.ByteString;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import parley.messages.group.Deed;
import parley.messages.group.EntryDraft;
import parley.messages.group.GroupEntry;
import parley.messages.group.GroupLog;
import parley.messages.group.Policy;
import parley.messages.identity.AgreementKey;
import parley.messages.identity.Appending;
import parley.messages.identity.Claim;
import parley.messages.identity.Draft;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.KemKey;
import parley.messages.identity.KeyChain;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.identity.RegistryId;
import parley.messages.identity.Signature;
import parley.messages.identity.Statement;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** Somebody with private keys and a key chain at one registry. The same seed makes the same keys. */
public final class Person {
    public static final RegistryId REGISTRY = new RegistryId(ByteString.fromArray(new byte[RegistryId.BYTES]));

    private static final long TIME = 1_800_000_000_000L;

    /** Signs with a secret that the tests know. */
    public record Signer(ByteString secret, IdentityKey key) {
        Signature sign(ByteString message) {
            var signature = new byte[Signature.BYTES];
            var bytes = message.toArray();
            Ed25519.sign(secret.toArray(), 0, bytes, 0, bytes.length, signature, 0);
            return new Signature(ByteString.fromArray(signature));
        }
    }

    public final UserName name;
    public KeyChain chain;
    private final RegistryId registry;
    private final Random random;
    private Signer identity;
    private final Signer recovery;
    private Signer tls;

    public Person(String name, long seed) {
        this(REGISTRY, name, seed);
    }

    /** A complete chain: identity, TLS, agreement, prekeys. */
    public Person(RegistryId registry, String name, long seed) {
        this.registry = registry;
        this.name = new UserName(name);
        random = new Random(seed);
        identity = signer();
        recovery = signer();
        tls = signer();
        var first = Draft.first(new Claim.Identity(this.name, identity.key(), recovery.key()), TIME);
        chain = longer(
                KeyChain.begin(registry, this.name, new Statement(first, identity.sign(first.signed(registry)))));
        says(new Claim.Tls(tls.key()));
        says(new Claim.Agreement(agreementKey()));
        says(prekeys());
    }

    public IdentityKey tls() {
        return tls.key();
    }

    /** The seed of a certificate that shows it. */
    public ByteString tlsSecret() {
        return tls.secret();
    }

    public Signer signer() {
        var secret = random(Ed25519.SECRET_KEY_SIZE);
        var key = new byte[IdentityKey.BYTES];
        Ed25519.generatePublicKey(secret, 0, key, 0);
        return new Signer(ByteString.fromArray(secret), new IdentityKey(ByteString.fromArray(key)));
    }

    public Claim prekeys() {
        return new Claim.SignedPrekeys(agreementKey(), kemKey());
    }

    /** The next statement of the own chain, which takes it in. */
    public Statement says(Claim claim) {
        var statement = signed(identity, claim);
        chain = longer(chain.append(statement));
        return statement;
    }

    /** A new identity with all that belongs to it, all of it taken in. */
    public List<Statement> becomesAnother() {
        var next = signer();
        var proven = Draft.succession(registry, chain.statements().size(), chain.head(), chain.identity(), next.key());
        var said = new ArrayList<Statement>();
        said.add(says(new Claim.Successor(next.key(), next.sign(proven))));
        identity = next;
        tls = signer();
        said.add(says(new Claim.Tls(tls.key())));
        said.add(says(new Claim.Agreement(agreementKey())));
        said.add(says(prekeys()));
        return said;
    }

    /** As the recovery key signs it; not taken in. */
    public Statement revocation() {
        return signed(recovery, new Claim.Revoke());
    }

    public Statement forgedRevocation() {
        return signed(identity, new Claim.Revoke());
    }

    public OneTimePrekeys pair(long id) {
        var prekey = agreementKey();
        var kem = kemKey();
        return new OneTimePrekeys(id, prekey, kem, identity.sign(OneTimePrekeys.signed(registry, id, prekey, kem)));
    }

    public List<OneTimePrekeys> pairs(long from, int count) {
        return LongStream.range(from, from + count).mapToObj(this::pair).toList();
    }

    /** The first entry of a group's log; two of them are two groups. */
    public GroupEntry creates(GroupName group, Policy policy) {
        var salt = ByteString.fromArray(random(Deed.Create.SALT_BYTES));
        return writes(EntryDraft.first(name, chain.identity(), new Deed.Create(group, policy, salt), TIME));
    }

    /** The next entry of {@code log} as this one would write it, whether or not the log takes it in. */
    public GroupEntry writes(GroupLog log, Deed deed) {
        return writes(log.draft(name, chain.identity(), deed, TIME));
    }

    /** Signed by this one, whoever is said to be its author. */
    public GroupEntry writes(EntryDraft draft) {
        return draft.with(identity.sign(draft.signed(registry)));
    }

    /** That this one is brought in. */
    public Deed.Add in() {
        return new Deed.Add(name, chain.identity());
    }

    private Statement signed(Signer by, Claim claim) {
        var draft = chain.draft(claim, TIME);
        return new Statement(draft, by.sign(draft.signed(registry)));
    }

    private AgreementKey agreementKey() {
        return new AgreementKey(ByteString.fromArray(random(AgreementKey.BYTES)));
    }

    private KemKey kemKey() {
        var key = new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, random(64));
        return new KemKey(ByteString.fromArray(key.getPublicKey()));
    }

    private byte[] random(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static KeyChain longer(Appending answer) {
        return switch (answer) {
            case Appending.Longer(var chain) -> chain;
            case Appending.Refused(var why) -> throw new AssertionError("refused: " + why);
        };
    }
}
