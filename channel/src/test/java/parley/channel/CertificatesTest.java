package parley.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;

class CertificatesTest {
    @Test
    void aCertificateShowsTheKeyThatItWasMadeOf() throws Exception {
        assertThat(Certificates.checked(Keys.ALICE.certificate())).isEqualTo(Keys.ALICE.key());
    }

    @Test
    void theSameSeedMakesTheSameCertificate() throws Exception {
        var seed = new byte[Credentials.SEED_BYTES];
        assertThat(Credentials.of(seed).certificate().getEncoded())
                .isEqualTo(Credentials.of(seed).certificate().getEncoded());
    }

    @Test
    void aCertificateThatItsKeyDidNotSignIsRefused() throws Exception {
        var encoded = Keys.ALICE.certificate().getEncoded();
        encoded[encoded.length - 40] ^= 1;
        assertThatThrownBy(() -> Certificates.checked(read(encoded)))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("did not sign");
    }

    @Test
    void aKeyOfAnotherKindIsRefused() throws Exception {
        var other = new org.bouncycastle.cert.X509v3CertificateBuilder(
                new org.bouncycastle.asn1.x500.X500Name("CN=parley"),
                java.math.BigInteger.ONE,
                java.util.Date.from(java.time.Instant.EPOCH),
                java.util.Date.from(java.time.Instant.parse("2100-01-01T00:00:00Z")),
                new org.bouncycastle.asn1.x500.X500Name("CN=parley"),
                org.bouncycastle.asn1.x509.SubjectPublicKeyInfo.getInstance(KeyPairGenerator.getInstance("Ed448")
                        .generateKeyPair()
                        .getPublic()
                        .getEncoded()));
        var signed = other.build(new org.bouncycastle.operator.jcajce.JcaContentSignerBuilder("Ed25519")
                .setProvider(Primitives.PUBLIC_KEYS)
                .build(Keys.ALICE.secret()));
        assertThatThrownBy(() -> Certificates.checked(read(signed.getEncoded())))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("expected an Ed25519 key");
    }

    private static X509Certificate read(byte[] encoded) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }
}
