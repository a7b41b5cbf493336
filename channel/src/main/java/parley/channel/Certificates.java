package parley.channel;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import org.apache.pekko.util.ByteString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import parley.messages.identity.BadKey;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.Signature;

/** Certificates as envelopes of one Ed25519 key: names, dates and extensions mean nothing. */
final class Certificates {
    private static final X500Name ANYBODY = new X500Name("CN=parley");
    private static final BigInteger SERIAL = BigInteger.ONE;
    /** Clocks decide nothing here; X.509 wants dates all the same, and this last one means "for ever" (RFC 5280). */
    private static final Date ALWAYS_BEGAN = Date.from(Instant.parse("2000-01-01T00:00:00Z"));

    private static final Date NEVER_ENDS = Date.from(Instant.parse("9999-12-31T23:59:59Z"));

    /** What stands before the 32 bytes of an Ed25519 key in a certificate (RFC 8410 §4). */
    private static final byte[] KEY_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    static X509Certificate selfSigned(Ed25519PrivateKeyParameters secret) {
        try {
            var key = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(secret.generatePublicKey());
            var signed = new X509v3CertificateBuilder(ANYBODY, SERIAL, ALWAYS_BEGAN, NEVER_ENDS, ANYBODY, key)
                    .build(new JcaContentSignerBuilder("Ed25519")
                            .setProvider(Primitives.PUBLIC_KEYS)
                            .build(secret(secret)));
            var parsed = Primitives.helper()
                    .createCertificateFactory("X.509")
                    .generateCertificate(new ByteArrayInputStream(signed.getEncoded()));
            return (X509Certificate) parsed;
        } catch (IOException | GeneralSecurityException | OperatorCreationException never) {
            throw new IllegalStateException("a certificate of our own making", never);
        }
    }

    static PrivateKey secret(Ed25519PrivateKeyParameters secret) {
        try {
            var encoded = PrivateKeyInfoFactory.createPrivateKeyInfo(secret).getEncoded();
            return Primitives.helper().createKeyFactory("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (IOException | GeneralSecurityException never) {
            throw new IllegalStateException("a key of our own making", never);
        }
    }

    /**
     * The key that a certificate shows.
     *
     * @throws CertificateException if it is no Ed25519 key, or the certificate is not signed by it
     */
    static IdentityKey checked(X509Certificate certificate) throws CertificateException {
        var key = shown(certificate);
        var signed = ByteString.fromArrayUnsafe(certificate.getTBSCertificate());
        try {
            var signature = new Signature(ByteString.fromArray(certificate.getSignature()));
            if (EdECObjectIdentifiers.id_Ed25519.getId().equals(certificate.getSigAlgOID())
                    && key.verifies(signed, signature)) return key;
        } catch (BadKey bad) {
            throw new CertificateException(bad.getMessage(), bad);
        }
        throw new CertificateException("a certificate that its own key did not sign, expected one that it did");
    }

    private static IdentityKey shown(X509Certificate certificate) throws CertificateException {
        var encoded = certificate.getPublicKey().getEncoded();
        if (encoded == null
                || encoded.length != KEY_PREFIX.length + IdentityKey.BYTES
                || !Arrays.equals(encoded, 0, KEY_PREFIX.length, KEY_PREFIX, 0, KEY_PREFIX.length))
            throw new CertificateException("a certificate of another kind, expected an Ed25519 key");
        try {
            return new IdentityKey(ByteString.fromArray(encoded, KEY_PREFIX.length, IdentityKey.BYTES));
        } catch (BadKey bad) {
            throw new CertificateException(bad.getMessage(), bad);
        }
    }

    private Certificates() {}
}
