package parley.messages.identity;

import java.util.List;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import parley.messages.identity.Appending.Longer;
import parley.messages.name.UserName;

/** Somebody with private keys, who says whatever a test wants him to. The same seed makes the same keys. */
final class Account {
    static final RegistryId REGISTRY = new RegistryId(ByteString.fromArray(new byte[RegistryId.BYTES]));
    static final long TIME = 1_800_000_000_000L;

    /** Signs with a secret that the tests know. */
    record Signer(ByteString secret, IdentityKey key) {
        Signature sign(ByteString message) {
            var signature = new byte[Signature.BYTES];
            var bytes = message.toArray();
            Ed25519.sign(secret.toArray(), 0, bytes, 0, bytes.length, signature, 0);
            return new Signature(ByteString.fromArray(signature));
        }

        Statement sign(Draft draft) {
            return new Statement(draft, sign(draft.signed(REGISTRY)));
        }
    }

    final UserName name;
    final Signer identity;
    final Signer recovery;
    private final Random random;

    Account(String name, long seed) {
        this.name = new UserName(name);
        random = new Random(seed);
        identity = signer();
        recovery = signer();
    }

    Signer signer() {
        var secret = random(Ed25519.SECRET_KEY_SIZE);
        var key = new byte[IdentityKey.BYTES];
        Ed25519.generatePublicKey(secret, 0, key, 0);
        return new Signer(ByteString.fromArray(secret), new IdentityKey(ByteString.fromArray(key)));
    }

    AgreementKey agreementKey() {
        return new AgreementKey(ByteString.fromArray(random(AgreementKey.BYTES)));
    }

    KemKey kemKey() {
        var key = new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, random(64));
        return new KemKey(ByteString.fromArray(key.getPublicKey()));
    }

    Claim.SignedPrekeys prekeys() {
        return new Claim.SignedPrekeys(agreementKey(), kemKey());
    }

    OneTimePrekeys oneTime(long id) {
        var prekey = agreementKey();
        var kem = kemKey();
        return new OneTimePrekeys(id, prekey, kem, identity.sign(OneTimePrekeys.signed(REGISTRY, id, prekey, kem)));
    }

    Statement first() {
        return identity.sign(Draft.first(new Claim.Identity(name, identity.key(), recovery.key()), TIME));
    }

    KeyChain begun() {
        return longer(KeyChain.begin(REGISTRY, name, first()));
    }

    /** The first statement and then {@code claims}, each as it should be. */
    KeyChain chain(Claim... claims) {
        var chain = begun();
        for (var claim : claims) chain = said(chain, claim);
        return chain;
    }

    KeyChain complete() {
        return chain(new Claim.Tls(signer().key()), new Claim.Agreement(agreementKey()), prekeys());
    }

    KeyChain said(KeyChain chain, Claim claim) {
        return longer(chain.append(identity.sign(chain.draft(claim, TIME))));
    }

    Statement revocation(KeyChain chain) {
        return recovery.sign(chain.draft(new Claim.Revoke(), TIME));
    }

    Statement succession(KeyChain chain, Signer next) {
        var proven = Draft.succession(REGISTRY, chain.statements().size(), chain.head(), chain.identity(), next.key());
        return identity.sign(chain.draft(new Claim.Successor(next.key(), next.sign(proven)), TIME));
    }

    static KeyChain longer(Appending answer) {
        return switch (answer) {
            case Longer(var chain) -> chain;
            case Appending.Refused(var why) -> throw new AssertionError("refused: " + why);
        };
    }

    static List<Statement> after(KeyChain chain, int from) {
        return chain.statements().subList(from, chain.statements().size());
    }

    private byte[] random(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
