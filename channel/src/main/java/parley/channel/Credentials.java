package parley.channel;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import org.apache.pekko.util.ByteString;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import parley.messages.identity.IdentityKey;

/** Our own key and the certificate that shows it. Prints as {@code redacted}. */
public final class Credentials {
    public static final int SEED_BYTES = Ed25519PrivateKeyParameters.KEY_SIZE;

    private final IdentityKey key;
    private final PrivateKey secret;
    private final X509Certificate certificate;

    /**
     * The same seed makes the same certificate.
     *
     * @param ed25519Seed {@value #SEED_BYTES} bytes, of which a copy is kept
     */
    public static Credentials of(byte[] ed25519Seed) {
        if (ed25519Seed.length != SEED_BYTES)
            throw new IllegalArgumentException("a seed of %d bytes".formatted(ed25519Seed.length));
        var secret = new Ed25519PrivateKeyParameters(ed25519Seed, 0);
        var key = new IdentityKey(
                ByteString.fromArrayUnsafe(secret.generatePublicKey().getEncoded()));
        return new Credentials(key, Certificates.secret(secret), Certificates.selfSigned(secret));
    }

    private Credentials(IdentityKey key, PrivateKey secret, X509Certificate certificate) {
        this.key = key;
        this.secret = secret;
        this.certificate = certificate;
    }

    public IdentityKey key() {
        return key;
    }

    PrivateKey secret() {
        return secret;
    }

    X509Certificate certificate() {
        return certificate;
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
