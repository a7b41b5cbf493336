package parley.messages.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintTest {
    private final IdentityKey key = new Account("alice", 1).identity.key();

    @Test
    void aFingerprintIsTheKey() {
        assertThat(Fingerprint.of(key)).hasSize(43);
        assertThat(Fingerprint.parse(Fingerprint.of(key))).contains(key);
    }

    @Test
    void anythingElseIsNone() {
        var text = Fingerprint.of(key);
        assertThat(Fingerprint.parse(text + "A")).isEmpty();
        assertThat(Fingerprint.parse(text.substring(1))).isEmpty();
        assertThat(Fingerprint.parse(text.substring(1) + "=")).isEmpty();
        // A key, but no point of the group.
        assertThat(Fingerprint.parse("A".repeat(43))).isEmpty();
    }

    @Test
    void bitsThatMeanNothingAreZero() {
        var text = Fingerprint.of(key);
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        char other = alphabet.charAt(alphabet.indexOf(text.charAt(42)) + 1);
        assertThat(Fingerprint.parse(text.substring(0, 42) + other)).isEmpty();
    }
}
