package parley.messages.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bytes are keys. */
class KeysTest {
    /** RFC 8032 §7.1, test 2. */
    @Test
    void verifiesThePublishedSignature() {
        var key = new IdentityKey(hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
        var signature = new Signature(hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
        assertThat(key.verifies(hex("72"), signature)).isTrue();
        assertThat(key.verifies(hex("73"), signature)).isFalse();
    }

    /** Adding the group's order to the second half is the classic way to make a second signature from one. */
    @Test
    void refusesASecondFormOfASignature() {
        var key = new IdentityKey(hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
        var grown = new Signature(hex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "f52db7415978abc61b2c2eb6aeebfca0387b2eaeb4302aeeb00d291612bb0c10"));
        assertThat(key.verifies(hex("72"), grown)).isFalse();
    }

    /** A point of order 8 was added to the first half: it fits where the cofactor is multiplied in, and nowhere else. */
    @Test
    void refusesASignatureOfWhichProgramsThinkDifferently() {
        var key = new IdentityKey(hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
        var mixed = new Signature(hex("b15bf26424d1b69dd33b7a9e57db5de4a2aadea4a2a051efd9bfd6af74165d2b"
                + "25e73d62d418813377393f7eaf620b39e9ea3746848089feb8010d810aaaf00a"));
        assertThat(key.verifies(hex("72"), mixed)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000", // the neutral point
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // of order 2
                "0000000000000000000000000000000000000000000000000000000000000000", // of order 4
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", // of order 8
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", // 1, written as p + 1
                "0200000000000000000000000000000000000000000000000000000000000000" // no point at all
            })
    void refusesPointsOutsideTheGroup(String point) {
        assertThatThrownBy(() -> new IdentityKey(hex(point)))
                .isInstanceOf(BadKey.class)
                .hasMessageContaining("prime order");
    }

    @Test
    void refusesKeysOfAnotherSize() {
        for (int size : new int[] {0, 31, 33, 1183, 1185}) {
            var bytes = ByteString.fromArray(new byte[size]);
            assertThatThrownBy(() -> new IdentityKey(bytes)).isInstanceOf(BadKey.class);
            assertThatThrownBy(() -> new AgreementKey(bytes)).isInstanceOf(BadKey.class);
            assertThatThrownBy(() -> new KemKey(bytes)).isInstanceOf(BadKey.class);
            assertThatThrownBy(() -> new RegistryId(bytes)).isInstanceOf(BadKey.class);
            assertThatThrownBy(() -> new Signature(bytes)).isInstanceOf(BadKey.class);
        }
    }

    @Test
    void refusesAKemKeyWithASecondEncoding() {
        var good = new Account("alice", 4).kemKey();
        for (int i : new int[] {0, 1, 382, 383, 766, 767}) {
            var bytes = good.bytes().toArray();
            // The i-th coefficient becomes 3329, which is another way to write 0.
            int at = i / 2 * 3;
            if (i % 2 == 0) {
                bytes[at] = 0x01;
                bytes[at + 1] = (byte) ((bytes[at + 1] & 0xf0) | 0x0d);
            } else {
                bytes[at + 1] = (byte) ((bytes[at + 1] & 0x0f) | 0x10);
                bytes[at + 2] = (byte) 0xd0;
            }
            assertThatThrownBy(() -> new KemKey(ByteString.fromArray(bytes)))
                    .as("coefficient %d", i)
                    .isInstanceOf(BadKey.class)
                    .hasMessageContaining("3328");
        }
    }

    @Test
    void equalBytesAreEqualKeys() {
        var bytes = new Account("alice", 5).identity.key().bytes();
        assertThat(new IdentityKey(bytes))
                .isEqualTo(new IdentityKey(bytes.take(7).concat(bytes.drop(7))));
        assertThat(new IdentityKey(bytes)).isNotEqualTo(new Account("alice", 6).identity.key());
        assertThat(new IdentityKey(bytes)).isNotEqualTo(new AgreementKey(bytes));
    }

    @Test
    void noLabelBeginsAnother() {
        var registry = Account.REGISTRY;
        assertThat(Label.of("tls", registry).take(13)).isEqualTo(ByteString.fromString("parley/1/tls\0"));
        assertThat(Label.of("tls-more", registry).take(13))
                .isNotEqualTo(Label.of("tls", registry).take(13));
        assertThatThrownBy(() -> Label.of("tls\0x", registry)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ByteString hex(String digits) {
        return ByteString.fromArray(HexFormat.of().parseHex(digits));
    }
}
