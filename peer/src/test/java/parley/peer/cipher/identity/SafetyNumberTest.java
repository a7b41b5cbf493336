package parley.peer.cipher.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;
import parley.peer.cipher.primitive.SeededRandom;

/** The same on both sides, and another one for everybody else. */
class SafetyNumberTest {
    private static final RegistryId REGISTRY = new RegistryId(ByteString.fromArray(new byte[RegistryId.BYTES]));
    private static final UserName ALICE = new UserName("alice");
    private static final UserName BOB = new UserName("bob");

    private final IdentityKey alice = SigningKey.create(new SeededRandom(1)).key();
    private final IdentityKey bob = SigningKey.create(new SeededRandom(2)).key();
    private final IdentityKey mallory = SigningKey.create(new SeededRandom(3)).key();

    @Test
    void bothSidesReadTheSameSixtyDigits() {
        var number = SafetyNumber.of(REGISTRY, ALICE, alice, BOB, bob);
        assertThat(number).isEqualTo(SafetyNumber.of(REGISTRY, BOB, bob, ALICE, alice));
        assertThat(number.digits()).matches("[0-9]{60}");
        assertThat(number.spaced()).matches("([0-9]{5} ){11}[0-9]{5}");
    }

    @Test
    void everyKeyNameAndRegistryMakesAnother() {
        var elsewhere = new RegistryId(ByteString.fromInts(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
        assertThat(new SafetyNumber[] {
                    SafetyNumber.of(REGISTRY, ALICE, alice, BOB, bob),
                    SafetyNumber.of(REGISTRY, ALICE, mallory, BOB, bob),
                    SafetyNumber.of(REGISTRY, ALICE, alice, BOB, mallory),
                    SafetyNumber.of(REGISTRY, new UserName("carol"), alice, BOB, bob),
                    SafetyNumber.of(REGISTRY, ALICE, bob, BOB, alice),
                    SafetyNumber.of(elsewhere, ALICE, alice, BOB, bob)
                })
                .doesNotHaveDuplicates();
    }

    @Test
    void whatIsTypedIsSixtyDigitsOrNothing() {
        assertThatThrownBy(() -> new SafetyNumber("12345")).hasMessageContaining("60 digits");
    }
}
