package parley.peer.cipher.identity;

import java.security.SecureRandom;
import org.apache.pekko.util.ByteString;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import parley.messages.group.EntryDraft;
import parley.messages.group.GroupEntry;
import parley.messages.identity.AgreementKey;
import parley.messages.identity.Claim;
import parley.messages.identity.Draft;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.KemKey;
import parley.messages.identity.KeyChain;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.identity.RegistryId;
import parley.messages.identity.Signature;
import parley.messages.identity.Statement;
import parley.peer.cipher.primitive.Secret;

/**
 * The private half of an identity, recovery or TLS key (Ed25519, RFC 8032). It signs what has a label, and nothing that
 * somebody else chose the beginning of. Prints as {@code redacted}.
 */
public final class SigningKey {
    private final Secret secret;
    private final IdentityKey key;

    public static SigningKey create(SecureRandom random) {
        return of(Secret.random(random));
    }

    public static SigningKey of(Secret secret) {
        var key = new byte[IdentityKey.BYTES];
        Ed25519.generatePublicKey(secret.unsafeBytes(), 0, key, 0);
        return new SigningKey(secret, new IdentityKey(ByteString.fromArrayUnsafe(key)));
    }

    private SigningKey(Secret secret, IdentityKey key) {
        this.secret = secret;
        this.key = key;
    }

    public IdentityKey key() {
        return key;
    }

    /** What the vault keeps; for a recovery key, what its words stand for. */
    public Secret secret() {
        return secret;
    }

    public Statement sign(Draft draft, RegistryId registry) {
        return new Statement(draft, sign(draft.signed(registry)));
    }

    public GroupEntry sign(EntryDraft draft, RegistryId registry) {
        return draft.with(sign(draft.signed(registry)));
    }

    public OneTimePrekeys sign(RegistryId registry, long id, AgreementKey prekey, KemKey kem) {
        return new OneTimePrekeys(id, prekey, kem, sign(OneTimePrekeys.signed(registry, id, prekey, kem)));
    }

    /** The statement by which this identity hands over to {@code next}, who proves that he wants it. */
    public Statement succeedBy(SigningKey next, KeyChain chain, long timeMillis) {
        var succession = Draft.succession(chain.registry(), chain.statements().size(), chain.head(), key, next.key());
        var claim = new Claim.Successor(next.key(), next.sign(succession));
        return sign(chain.draft(claim, timeMillis), chain.registry());
    }

    private Signature sign(ByteString labelled) {
        var message = labelled.toArrayUnsafe();
        var signature = new byte[Signature.BYTES];
        Ed25519.sign(secret.unsafeBytes(), 0, key.bytes().toArrayUnsafe(), 0, message, 0, message.length, signature, 0);
        return new Signature(ByteString.fromArrayUnsafe(signature));
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
