package parley.peer.cipher.primitive;

import java.security.SecureRandom;
import org.apache.pekko.util.ByteString;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.jspecify.annotations.Nullable;
import parley.messages.identity.AgreementKey;

/** Both halves of an X25519 key (RFC 7748). Prints as {@code redacted}. */
public final class AgreementPair {
    private final Secret secret;
    private final AgreementKey key;

    public static AgreementPair create(SecureRandom random) {
        return of(Secret.random(random));
    }

    public static AgreementPair of(Secret secret) {
        var key = new byte[AgreementKey.BYTES];
        X25519.generatePublicKey(secret.unsafeBytes(), 0, key, 0);
        return new AgreementPair(secret, new AgreementKey(ByteString.fromArrayUnsafe(key)));
    }

    private AgreementPair(Secret secret, AgreementKey key) {
        this.secret = secret;
        this.key = key;
    }

    public AgreementKey key() {
        return key;
    }

    /** What the vault keeps. */
    public Secret secret() {
        return secret;
    }

    /**
     * What both sides come to; the caller wipes it. Null if that is all zero (RFC 7748 §6.1): {@code theirs} is then
     * one of the few points that lead everybody there.
     */
    public byte @Nullable [] with(AgreementKey theirs) {
        var agreed = new byte[AgreementKey.BYTES];
        boolean contributory = X25519.calculateAgreement(
                secret.unsafeBytes(), 0, theirs.bytes().toArrayUnsafe(), 0, agreed, 0);
        return contributory ? agreed : null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AgreementPair pair && secret.equals(pair.secret);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
