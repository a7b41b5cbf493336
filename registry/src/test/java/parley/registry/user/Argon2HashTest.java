package parley.registry.user;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import parley.messages.name.Password;

class Argon2HashTest {
    private static final Password PASSWORD = new Password("password");

    /** {@code echo -n password | argon2 somesaltsomesalt -id -t 2 -k 19456 -p 1 -e}, the reference implementation. */
    @Test
    void agreesWithTheReferenceImplementation() {
        var reference =
                "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$K13EBUiG7JV+9ZxztmHFTdb7J0WQsnj2V8bZaqyPptE";
        assertThat(Argon2Hash.of(PASSWORD, "somesaltsomesalt".getBytes(US_ASCII))
                        .phc())
                .isEqualTo(reference);
        assertThat(Argon2Hash.parse(reference).matches(PASSWORD)).isTrue();
    }

    /** From its tests, with another cost: what was stored with an older one goes on working. */
    @Test
    void obeysTheCostThatStandsInTheHash() {
        var reference = Argon2Hash.parse(
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");
        assertThat(reference.matches(PASSWORD)).isTrue();
        assertThat(reference.matches(new Password("passwore"))).isFalse();
    }

    @Test
    void saysHowItWasMadeAndIsReadBack() {
        var hash = Argon2Hash.of(PASSWORD, new byte[Argon2Hash.SALT_BYTES]);
        assertThat(hash.phc()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$");
        assertThat(Argon2Hash.parse(hash.phc()).matches(PASSWORD)).isTrue();
        assertThat(Argon2Hash.parse(hash.phc()).matches(new Password("Password")))
                .isFalse();
    }

    @Test
    void nobodysHashMatchesNothing() {
        assertThat(Argon2Hash.ofNobody().matches(PASSWORD)).isFalse();
    }

    @Test
    void whatIsNoHashIsRefusedWithoutRepeatingIt() {
        assertThatThrownBy(() -> Argon2Hash.parse("hunter2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void isNotPrinted() {
        assertThat(Argon2Hash.ofNobody()).hasToString("redacted");
        assertThat(new PasswordHasher.Hashed("$argon2id$").toString()).doesNotContain("argon2id");
        assertThat(new Account.Classic("$argon2id$").toString()).doesNotContain("argon2id");
    }
}
