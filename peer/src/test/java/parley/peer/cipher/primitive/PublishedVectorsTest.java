package parley.peer.cipher.primitive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import org.apache.pekko.util.ByteString;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messages.identity.AgreementKey;

/** What others have published about the operations that we use. */
class PublishedVectorsTest {
    /** From the tests of the reference implementation, 64 MiB and two passes. */
    @Test
    void argon2id() {
        var key = Argon2id.derive(
                "password".getBytes(StandardCharsets.US_ASCII),
                ByteString.fromString("somesalt"),
                new Argon2id.Cost(64 * 1024, 2, 1));
        assertThat(key.unsafeBytes())
                .isEqualTo(Base64.getDecoder().decode("CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"));
    }

    /** RFC 5869, appendix A.1, A.2 and A.3. */
    @ParameterizedTest
    @CsvSource({
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c, f0f1f2f3f4f5f6f7f8f9,"
                + " 3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f"
                + "303132333435363738393a3b3c3d3e3f404142434445464748494a4b4c4d4e4f,"
                + " 606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f"
                + "909192939495969798999a9b9c9d9e9fa0a1a2a3a4a5a6a7a8a9aaabacadaeaf,"
                + " b0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecfd0d1d2d3d4d5d6d7d8d9dadbdcdddedf"
                + "e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff,"
                + " b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
                + "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
        "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, '', '',"
                + " 8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    })
    void hkdf(String material, String salt, String info, String derived) {
        assertThat(Hkdf.derive(hex(salt), hex(material), ByteString.fromArray(hex(info)), derived.length() / 2))
                .isEqualTo(hex(derived));
    }

    @Test
    void hkdfHasAnEnd() {
        assertThatThrownBy(() -> Hkdf.derive(new byte[0], new byte[0], ByteString.emptyByteString(), 8_161))
                .hasMessageContaining("8160");
    }

    /** RFC 4231 §4.3. */
    @Test
    void hmac() {
        assertThat(Hmac.keyed("Jefe".getBytes(StandardCharsets.US_ASCII))
                        .doFinal("what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    }

    /** RFC 7748 §5.2, the first vector and the one that feeds back on itself. */
    @Test
    void x25519() {
        assertThat(x25519(
                        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
                        "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"))
                .isEqualTo("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
        var nine = "0900000000000000000000000000000000000000000000000000000000000000";
        var key = nine;
        var point = nine;
        for (int i = 0; i < 1_000; i++) {
            var next = x25519(key, point);
            point = key;
            key = next;
            if (i == 0) assertThat(key).isEqualTo("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
        }
        assertThat(key).isEqualTo("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
    }

    /** RFC 7748 §6.1 asks for it: points of small order lead everybody to the same secret. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
            })
    void nothingIsAgreedWithAPointOfSmallOrder(String point) {
        var pair = AgreementPair.create(new SeededRandom(1));
        assertThat(pair.with(new AgreementKey(ByteString.fromArray(hex(point)))))
                .isNull();
    }

    /** The GCM specification's test case 16. */
    @Test
    void aesGcm() {
        var key = Secret.of(hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"));
        var nonce = hex("cafebabefacedbaddecaf888");
        var associated = ByteString.fromArray(hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"));
        var plain = hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
        var box = hex("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b");
        assertThat(AesGcm.seal(key, nonce, associated, plain)).isEqualTo(box);
        assertThat(AesGcm.open(key, nonce, associated, box)).isEqualTo(plain);
        assertThat(AesGcm.open(key, nonce, associated.drop(1), box)).isNull();
        assertThat(AesGcm.open(key, nonce, associated, new byte[15])).isNull();
    }

    /**
     * The hash over a hundred keys, ciphertexts and secrets that Go's crypto/mlkem publishes for ML-KEM-768; keys,
     * encapsulations and ciphertexts that nobody made come from SHAKE-128 of nothing.
     */
    @Test
    void mlKem768() {
        var in = new SHAKEDigest(128);
        var out = new SHAKEDigest(128);
        for (int i = 0; i < 100; i++) {
            var pair = KemPair.of(ByteString.fromArray(squeezed(in, KemPair.SEED_BYTES)));
            absorb(out, pair.key().bytes().toArray());
            var made = KemPair.encapsulate(pair.key(), given(squeezed(in, 32)));
            absorb(out, made.ciphertext().toArray());
            absorb(out, made.secret().unsafeBytes());
            assertThat(pair.decapsulate(made.ciphertext())).isEqualTo(made.secret());
            var invented = ByteString.fromArray(squeezed(in, KemPair.CIPHERTEXT_BYTES));
            absorb(out, pair.decapsulate(invented).unsafeBytes());
        }
        assertThat(HexFormat.of().formatHex(squeezed(out, 32)))
                .isEqualTo("1114b1b6699ed191734fa339376afa7e285c9e6acf6ff0177d346696ce564415");
    }

    private static String x25519(String secret, String point) {
        var agreed = AgreementPair.of(Secret.of(hex(secret))).with(new AgreementKey(ByteString.fromArray(hex(point))));
        return HexFormat.of().formatHex(Objects.requireNonNull(agreed));
    }

    private static SecureRandom given(byte[] bytes) {
        return new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] wanted) {
                assertThat(wanted).hasSameSizeAs(bytes);
                System.arraycopy(bytes, 0, wanted, 0, bytes.length);
            }
        };
    }

    private static byte[] squeezed(SHAKEDigest shake, int count) {
        var bytes = new byte[count];
        shake.doOutput(bytes, 0, count);
        return bytes;
    }

    private static void absorb(SHAKEDigest shake, byte[] bytes) {
        shake.update(bytes, 0, bytes.length);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
