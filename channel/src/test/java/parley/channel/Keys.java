package parley.channel;

import java.util.Arrays;

/** Whose keys the tests know. */
final class Keys {
    static final Credentials ALICE = credentials(1);
    static final Credentials REGISTRY = credentials(2);
    static final Credentials MALLORY = credentials(3);

    private static Credentials credentials(int seed) {
        var bytes = new byte[Credentials.SEED_BYTES];
        Arrays.fill(bytes, (byte) seed);
        return Credentials.of(bytes);
    }

    private Keys() {}
}
