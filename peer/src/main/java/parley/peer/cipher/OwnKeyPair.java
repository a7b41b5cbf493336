package parley.peer.cipher;

import java.math.BigInteger;
import java.security.SecureRandom;
import parley.messages.classic.PeerCodec;
import parley.messages.classic.PeerMessage;

/**
 * Our side of every key agreement of one signed-in session. One pair serves the session, so that a contact's key can be
 * remembered for the public value it came from. The exponent never leaves this package; prints as {@code redacted}.
 */
public final class OwnKeyPair {
    /** Bits. Twice the strength that 112-bit Triple DES could ask for, and still a third of a full-length power. */
    private static final int EXPONENT_BITS = 256;

    /** The smallest value of as many digits as any can have. */
    private static final BigInteger FULL_LENGTH = BigInteger.TEN.pow(PeerCodec.DIGITS_MAX - 1);

    private final BigInteger exponent;
    private final BigInteger publicValue;

    /**
     * A pair whose public value has all {@link PeerCodec#DIGITS_MAX} digits: its receiver sees at once that it is whole.
     * Five values in six have; that costs the exponent a quarter of a bit of its secrecy.
     */
    public static OwnKeyPair create(SecureRandom random) {
        while (true) {
            // The top bit is set: a short exponent would be quicker to find.
            var pair = of(new BigInteger(EXPONENT_BITS, random).setBit(EXPONENT_BITS - 1));
            if (pair.publicValue.compareTo(FULL_LENGTH) >= 0) return pair;
        }
    }

    static OwnKeyPair of(BigInteger exponent) {
        return new OwnKeyPair(exponent, Group15.GENERATOR.modPow(exponent, Group15.PRIME));
    }

    private OwnKeyPair(BigInteger exponent, BigInteger publicValue) {
        this.exponent = exponent;
        this.publicValue = publicValue;
    }

    /** What we show to everybody. */
    public PeerMessage.PublicValue publicValue() {
        return new PeerMessage.PublicValue(publicValue);
    }

    /** The exponentiation that a contact's first text costs. */
    BigInteger sharedWith(BigInteger theirs) {
        return theirs.modPow(exponent, Group15.PRIME);
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
