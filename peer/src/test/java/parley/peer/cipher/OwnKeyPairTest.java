package parley.peer.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class OwnKeyPairTest {
    @Test
    void thePrimeIsOneAndSafe() {
        assertThat(Group15.PRIME.bitLength()).isEqualTo(3072);
        assertThat(Group15.PRIME.isProbablePrime(20)).isTrue();
        assertThat(Group15.PRIME.shiftRight(1).isProbablePrime(20)).isTrue();
    }

    @Test
    void valuesThatAnybodyCanGuessAreUnsafe() {
        assertThat(Group15.isSafe(BigInteger.ZERO)).isFalse();
        assertThat(Group15.isSafe(BigInteger.ONE)).isFalse();
        assertThat(Group15.isSafe(Group15.PRIME.subtract(BigInteger.ONE))).isFalse();
        assertThat(Group15.isSafe(Group15.PRIME)).isFalse();
        assertThat(Group15.isSafe(Group15.PRIME.add(BigInteger.TWO))).isFalse();
        assertThat(Group15.isSafe(BigInteger.TWO.negate())).isFalse();
        assertThat(Group15.isSafe(BigInteger.TWO)).isTrue();
        assertThat(Group15.isSafe(Group15.PRIME.subtract(BigInteger.TWO))).isTrue();
    }

    @RepeatedTest(5)
    void ownValuesHaveAllDigitsSoThatNobodyWaitsForMore() {
        var value = OwnKeyPair.create(new SecureRandom()).publicValue().value();
        assertThat(value.toString()).hasSize(925);
        assertThat(Group15.isSafe(value)).isTrue();
    }
}
