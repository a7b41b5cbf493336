package parley.registry.group;

import java.util.HexFormat;
import java.util.function.Consumer;
import org.apache.pekko.util.ByteString;

/**
 * A classic group's key: K1, K2 and K3 after each other, eight bytes each. The lowest bit of every byte is its parity
 * and no part of the key. Prints as {@code redacted}.
 */
public record TripleDesKey(ByteString bytes) {
    public static final int BYTES = 24;

    private static final int DES_BYTES = 8;
    private static final int WITHOUT_PARITY = 0xfe;

    /** Two equal keys come once in 10^16 draws; more than a few such draws mean that the source is broken. */
    private static final int DRAWS_MAX = 10;

    /** @throws IllegalArgumentException if two of the keys are equal, which makes Triple DES a single one */
    public TripleDesKey {
        if (bytes.size() != BYTES) {
            throw new IllegalArgumentException("a group key has %d bytes, not %d".formatted(BYTES, bytes.size()));
        }
        if (degenerate(bytes.toArrayUnsafe())) {
            throw new IllegalArgumentException("a group key whose parts are not three different keys");
        }
    }

    /**
     * @param random fills what it is given with random bytes
     * @throws IllegalStateException if it gives nothing but degenerate keys
     */
    static TripleDesKey draw(Consumer<byte[]> random) {
        for (int draw = 0; draw < DRAWS_MAX; draw++) {
            var bytes = new byte[BYTES];
            random.accept(bytes);
            if (!degenerate(bytes)) return new TripleDesKey(ByteString.fromArray(bytes));
        }
        throw new IllegalStateException(
                "%d degenerate keys in a row, the random source is broken".formatted(DRAWS_MAX));
    }

    static TripleDesKey ofHex(String hex) {
        return new TripleDesKey(ByteString.fromArray(HexFormat.of().parseHex(hex)));
    }

    String hex() {
        return HexFormat.of().formatHex(bytes.toArrayUnsafe());
    }

    private static boolean degenerate(byte[] key) {
        return sameKey(key, 0, 1) || sameKey(key, 1, 2) || sameKey(key, 0, 2);
    }

    private static boolean sameKey(byte[] key, int one, int other) {
        for (int i = 0; i < DES_BYTES; i++) {
            if (((key[one * DES_BYTES + i] ^ key[other * DES_BYTES + i]) & WITHOUT_PARITY) != 0) return false;
        }
        return true;
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
